package dev.penstock.conformance.process;

import static java.util.Objects.requireNonNull;

import dev.penstock.conformance.engine.EngineJob;
import dev.penstock.conformance.engine.TestedEngine;
import dev.penstock.conformance.fault.Fault;
import dev.penstock.conformance.fault.FaultProxy;
import dev.penstock.conformance.fault.Trigger;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.spi.ResumeState;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A pipeline whose process is killed again and again, each life going on from where the last one died, until a last one
 * comes to its end.
 *
 * <p>A kill that did not land where it was meant to shows nothing: the run is <i>void</i>. Methods that kill say
 * whether they landed; {@link #landed} and {@link #voids} count.
 *
 * <p><b>Order of calls:</b> anything, {@link #close}. <b>Threads:</b> one.
 */
public final class CrashingPipeline implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(1);
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration LOOK = Duration.ofMillis(5);

    private final TestedEngine engine;
    private final Children children;
    private int landed;
    private int voids;
    private long generation;

    /**
     * A pipeline on {@code engine}.
     *
     * @param directory for files of the processes
     * @param loader knows the classes of the connectors
     */
    public CrashingPipeline(TestedEngine engine, Path directory, ClassLoader loader) {
        this.engine = requireNonNull(engine, "engine");
        this.children = new Children(requireNonNull(directory, "directory"), requireNonNull(loader, "loader"));
    }

    /**
     * Says that many lives are to come: from now on the process of the next one starts while the present one runs, so
     * that {@link #close} has one to end.
     */
    public void expectMany() {
        children.expectMany();
    }

    /**
     * Runs a life that ends soon after {@code point}, without being counted, and from which all later processes, of
     * this pipeline or another, learn what to load. Does nothing if there was one.
     */
    public void learn(EngineJob job, CrashPoint point) throws InterruptedException {
        ChildJob life = ChildJob.of(engine.name(), job, ChildJob.Trip.halt(point, 1));
        if (!children.wantsArchive(life)) {
            return;
        }
        boolean settled = false;
        try (ChildProcess child = children.archiveWith(life)) {
            if (child.await(Markers.STARTED, START).isEmpty()) {
                children.refused(life);
                settled = true;
                return;
            }
            boolean ends = child.await(Markers.HIT, LIMIT).isPresent();
            generation = Math.max(generation, Zombie.of(child.markers()).generation());
            if (ends) {
                settled = children.archived(life, child);
            } else {
                complain(child, point.toString());
            }
        } finally {
            if (!settled) {
                children.notArchived(life);
            }
        }
    }

    /** How many kills landed where they were meant to. */
    public int landed() {
        return landed;
    }

    /** How many runs were void. */
    public int voids() {
        return voids;
    }

    /**
     * The greatest generation that a sink was opened with in a run that was to crash, void ones too: whoever succeeds
     * such a run outside of the engine needs one that is no smaller. 0 if there was none.
     */
    public long generation() {
        return generation;
    }

    /**
     * Runs until a point was passed for the n-th time, and ends the process there.
     *
     * @return how many rows the sink had said are safe; empty if the run was void
     */
    public Optional<Long> crash(EngineJob job, CrashPoint point, int occurrence) throws InterruptedException {
        return crash(job, ChildJob.Trip.halt(point, occurrence));
    }

    /** Runs until the n-th commit has begun, and ends the process so much later; void if it had returned by then. */
    public Optional<Long> crashInCommit(EngineJob job, int occurrence, long micros) throws InterruptedException {
        return crash(job, new ChildJob.Trip(CrashPoint.DURING_COMMIT, occurrence, ChildJob.Action.HALT, micros));
    }

    private Optional<Long> crash(EngineJob job, ChildJob.Trip trip) throws InterruptedException {
        try (ChildProcess child = start(job, trip)) {
            Optional<Marker> hit = child.await(Markers.HIT, LIMIT);
            generation = Math.max(generation, Zombie.of(child.markers()).generation());
            if (hit.isEmpty()) {
                complain(child, trip.point().toString());
            }
            return count(hit.map(marker -> Long.parseLong(marker.text().split(" ", -1)[1])));
        }
    }

    /**
     * Runs until the n-th commit has begun, loses the reply to one of its requests, and kills the process.
     *
     * @param job whose sink is behind {@code proxy}
     * @param exchange which request of the commit, from 1; void if it needed fewer
     * @return whether it landed
     */
    public boolean loseReply(EngineJob job, FaultProxy proxy, int occurrence, int exchange)
            throws InterruptedException {
        try (ChildProcess child = start(job, ChildJob.Trip.ask(CrashPoint.DURING_COMMIT, occurrence))) {
            if (child.await(Markers.ASK, LIMIT).isEmpty()) {
                complain(child, "the commit");
                return count(Optional.empty()).isPresent();
            }
            int before = proxy.log().hits().size();
            proxy.arm(Trigger.inExchange(exchange), Fault.LOSE_REPLY);
            child.answer();
            boolean hit = awaitHit(child, proxy, before + 1);
            child.kill();
            proxy.heal();
            return count(hit ? Optional.of(0L) : Optional.empty()).isPresent();
        }
    }

    private static boolean awaitHit(ChildProcess child, FaultProxy proxy, int hits) throws InterruptedException {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < end) {
            if (proxy.log().awaitHits(hits, LOOK)) {
                return true;
            }
            if (child.await(Markers.RETURNED, Duration.ZERO).isPresent()) {
                return proxy.log().awaitHits(hits, Duration.ZERO);
            }
        }
        return false;
    }

    /** Runs until the n-th commit is about to begin, and ends the process; gives what was to be committed. */
    public Zombie crashBeforeCommit(EngineJob job, int occurrence) throws InterruptedException {
        try (ChildProcess child = start(job, ChildJob.Trip.ask(CrashPoint.BEFORE_COMMIT, occurrence))) {
            awaitAsk(child, CrashPoint.BEFORE_COMMIT);
            child.kill();
            landed++;
            Zombie killed = Zombie.of(child.markers());
            generation = Math.max(generation, killed.generation());
            return killed;
        }
    }

    private static void awaitAsk(ChildProcess child, CrashPoint point) throws InterruptedException {
        if (child.await(Markers.ASK, LIMIT).isEmpty()) {
            complain(child, point.toString());
            throw new IllegalStateException("Cannot stop the process at " + point + ": it never came there; "
                    + child.markers() + "\n" + child.output());
        }
    }

    /** Kills the process so long after its sink was opened; void if the pipeline had come to its end by then. */
    public boolean kill(EngineJob job, Duration after) throws InterruptedException {
        try (ChildProcess child = start(job, ChildJob.Trip.NONE)) {
            boolean opened = child.await(Markers.GENERATION, LIMIT).isPresent();
            boolean ended = child.awaitExit(after);
            if (!opened || ended) {
                complain(child, "its kill");
            }
            child.kill();
            return count(opened && !ended ? Optional.of(0L) : Optional.empty()).isPresent();
        }
    }

    /**
     * Runs until the pipeline is about to commit or prepare for the n-th time, stops the process there, and has
     * {@code meanwhile} act for the incarnation that takes over; then lets the process go on.
     *
     * @return what the process failed with, type and message; empty if it came to no end
     */
    public Optional<String> suspend(EngineJob job, CrashPoint point, int occurrence, Successor meanwhile)
            throws InterruptedException {
        try (ChildProcess child = start(job, ChildJob.Trip.ask(point, occurrence))) {
            awaitAsk(child, point);
            child.suspend();
            meanwhile.act(Zombie.of(child.markers()));
            child.resume();
            child.answer();
            Optional<Marker> end = child.await(
                    marker -> marker.kind().equals(Markers.FAILED)
                            || marker.kind().equals(Markers.DONE),
                    LIMIT);
            landed++;
            return end.map(marker -> marker.kind().equals(Markers.DONE) ? "nothing" : marker.text());
        }
    }

    /** Acts while another process is stopped. */
    @FunctionalInterface
    public interface Successor {
        /** Takes over from {@code zombie}. */
        void act(Zombie zombie) throws InterruptedException;
    }

    /** How soon a process starts is a matter of the host, so that limits of the pipeline count from then. */
    private ChildProcess start(EngineJob job, ChildJob.Trip trip) throws InterruptedException {
        return awaitStart(children.run(ChildJob.of(engine.name(), job, trip)));
    }

    private static ChildProcess awaitStart(ChildProcess child) throws InterruptedException {
        try {
            if (child.await(Markers.STARTED, START).isEmpty()) {
                throw new IllegalStateException("Cannot run a child process: " + child.output());
            }
            return child;
        } catch (InterruptedException | RuntimeException e) {
            child.close();
            throw e;
        }
    }

    /** A pipeline that failed where it should have been killed is no void run: it cannot go on. */
    private static void complain(ChildProcess child, String point) {
        for (Marker marker : child.markers()) {
            if (marker.kind().equals(Markers.FAILED)) {
                throw new RuleViolation(
                        "The pipeline failed on its way to " + point + ": " + marker.text() + "\n" + child.output(),
                        "what the connector does with what the process before it left behind");
            }
        }
    }

    private <T> Optional<T> count(Optional<T> hit) {
        landed += hit.isPresent() ? 1 : 0;
        voids += hit.isPresent() ? 0 : 1;
        return hit;
    }

    /** Runs in this process to the end of all partitions; gives the state at the end of each. */
    public Map<String, ResumeState> finish(EngineJob job) throws InterruptedException {
        Ends ends = new Ends();
        Tripwire wire = new Tripwire(ChildJob.Trip.NONE, new Markers(ends.stream(), InputStream.nullInputStream()));
        EngineJob last = new EngineJob(
                job.name(),
                wrapped(job.source(), wire),
                wrapped(job.sink(), wire),
                job.mode(),
                job.writers(),
                job.epoch(),
                job.state());
        TestedEngine.Running running = engine.start(last);
        boolean ended = running.await(LIMIT);
        running.close();
        if (!ended) {
            throw new RuleViolation(
                    "The pipeline did not come to its end within " + LIMIT.toSeconds() + " s after a crash",
                    "what the connector does with what the process before it left behind");
        }
        return ends.states();
    }

    /** Ends the process that waits, if there is one. */
    @Override
    public void close() {
        children.close();
    }

    private static EngineJob.Step wrapped(EngineJob.Step step, Tripwire wire) {
        return new EngineJob.Step(new TrippedConnector(step.connector(), wire), step.settings());
    }
}
