package dev.penstock.engine.embedded.runtime;

import dev.penstock.dataflow.plan.ErrorPolicy;
import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.dataflow.plan.RuntimeSettings;
import dev.penstock.engine.embedded.EngineException;
import dev.penstock.engine.embedded.RunReport.Ending;
import dev.penstock.engine.embedded.WakingClock;
import dev.penstock.engine.embedded.keyed.StateBudget;
import dev.penstock.engine.embedded.protocol.CommitRequest;
import dev.penstock.engine.embedded.protocol.CommitResult;
import dev.penstock.engine.embedded.protocol.Contribution;
import dev.penstock.engine.embedded.protocol.EpochCoordinator;
import dev.penstock.engine.embedded.protocol.EpochPort;
import dev.penstock.engine.embedded.protocol.Incarnation;
import dev.penstock.engine.embedded.protocol.ProtocolSettings;
import dev.penstock.engine.embedded.store.Owner;
import dev.penstock.engine.embedded.store.RecoveryStore;
import dev.penstock.engine.embedded.store.SealedEpoch;
import dev.penstock.spi.Metrics;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SinkCommitter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** One incarnation of a pipeline, driven by threads; the thread that calls {@link #run} coordinates. */
final class Execution implements EpochPort, Worker.Coordination {
    /** How long a drain may take. */
    private static final Duration GRACE = Duration.ofSeconds(60);

    private static final long LOOK_NANOS = 20_000_000L;

    private final Surroundings surroundings;
    private final Counters counters;
    private final Closing closing;
    private final RecoveryStore store;
    private final Incarnation incarnation;
    private final OpenSteps steps;
    private final CrewBuilder builder;
    private volatile Optional<Crew> crew = Optional.empty();
    private final List<LaneQueue> queues = new ArrayList<>();
    private final ReaderPool pool;
    private final Intake intake;
    private final EpochCoordinator coordinator;
    private final StateBudget budget;
    private final Mailbox mailbox = new Mailbox();
    private final Threads threads;
    private final Map<String, CommitRunner> commits = new HashMap<>();
    private final RandomGenerator random = new Random();
    private final Map<Long, Long> barriers = new HashMap<>();
    private final Metrics.Timer epochTimer;
    private long seen;
    private long stopDeadline;
    private boolean stopping;
    private boolean finishing;
    /** Whether all had been read when the last barrier was asked for: what ends later was not told to steps. */
    private boolean complete;

    Execution(Surroundings surroundings, Closing closing) {
        this.surroundings = surroundings;
        this.counters = surroundings.counters();
        this.closing = closing;
        this.threads = new Threads(surroundings.plan().pipeline(), mailbox);
        this.store = closing.add(surroundings.stores().open());
        this.incarnation =
                Incarnation.start(store, Owner.current(UUID.randomUUID().toString()));
        checkSteps();
        closing.add(surroundings.work()).empty();
        RememberedFacts facts = new RememberedFacts(store);
        noteFingerprint(facts);
        this.steps = OpenSteps.open(surroundings, incarnation.generation(), facts, closing);
        this.builder = new CrewBuilder(surroundings, incarnation, steps, closing);
        this.pool = queues(builder.workers());
        Partitions partitions = new Partitions(incarnation.recovered(), queues);
        this.intake = new Intake(steps, partitions, queues, pool, counters, timed().isPresent());
        this.epochTimer = surroundings.meters().of("").timer("penstock.epoch.duration");
        this.counters.queueBytes(
                () -> queues.stream().mapToLong(LaneQueue::used).sum()
                        + crew.map(Crew::queuedBytes).orElse(0L));
        this.coordinator = coordinator(claimCommitters());
        this.budget = new StateBudget(
                surroundings.plan().runtime().stateMemoryBytes(), () -> mailbox.post(coordinator::sealSoon));
    }

    private ReaderPool queues(int workers) {
        RuntimeSettings runtime = steps.plan().runtime();
        ReadSettings settings = new ReadSettings(
                runtime.batchRows(),
                runtime.batchBytes(),
                runtime.maxRestarts(),
                random,
                counters.retries::increment,
                timed());
        ReaderPool made = new ReaderPool(settings, builder::decoder, threads, workers + 1);
        for (int index = 0; index < workers; index++) {
            queues.add(new LaneQueue(runtime, workers * builder.queueUsers(), made::wake));
        }
        return made;
    }

    /** The clock, if any step wants to know how far time has come in each partition. */
    private Optional<InstantSource> timed() {
        return steps.plan().nodes(PlanNode.KeyedNode.class).isEmpty()
                ? Optional.empty()
                : Optional.of(surroundings.clock());
    }

    private void checkSteps() {
        Plan plan = surroundings.plan();
        List<String> ids =
                new ArrayList<>(plan.nodes().stream().map(PlanNode::id).toList());
        if (plan.errors() instanceof ErrorPolicy.DeadLetter letters) {
            ids.add(letters.sink().id());
        }
        List<String> sources =
                plan.nodes(PlanNode.SourceNode.class).stream().map(PlanNode::id).toList();
        incarnation.recovered().refuseOrphans(plan.pipeline(), sources, ids);
    }

    private void noteFingerprint(RememberedFacts facts) {
        Optional<String> before = facts.replaceFingerprint(surroundings.plan().fingerprint());
        if (before.isPresent() && !before.get().equals(surroundings.plan().fingerprint())) {
            surroundings
                    .notes()
                    .add("The source or the transforms have changed since the last run: rows written before are not"
                            + " written again, and may look different from those written now");
        }
    }

    private Map<String, Duration> claimCommitters() {
        Map<String, Duration> intervals = new HashMap<>();
        for (SinkStep sink : steps.allSinks()) {
            if (sink.transactional()) {
                String sinkId = sink.node().id();
                SinkCommitter committer = closing.add(sink.committer(incarnation.runId()));
                committer.claim();
                intervals.put(sinkId, sink.node().commitInterval());
                commits.put(
                        sinkId,
                        new CommitRunner(
                                sink.node().id(),
                                committer,
                                threads,
                                result -> mailbox.post(() -> committed(sinkId, result)),
                                surroundings.meters().of(sinkId).timer("penstock.commit.duration")));
            }
        }
        return intervals;
    }

    private void committed(String sinkId, CommitResult result) {
        coordinator.committed(sinkId, result, System.nanoTime());
    }

    private EpochCoordinator coordinator(Map<String, Duration> intervals) {
        return new EpochCoordinator(
                ProtocolSettings.of(
                        builder.lanes(), surroundings.plan().checkpoint().interval(), intervals),
                incarnation,
                store,
                this,
                random,
                System.nanoTime());
    }

    /** Runs until everything is read and committed, or somebody asks to stop. */
    Ending run() throws InterruptedException {
        closing.addThreads(this::end);
        while (!coordinator.settled()) {
            counters.activity("recovering");
            advance();
            if (surroundings.stop().isSet()) {
                return Ending.STOPPED;
            }
        }
        Crew built = builder.build(queues, store, budget, this);
        crew = Optional.of(built);
        closing.add(pool::close);
        closing.addThreads(this::end);
        if (surroundings.clock() instanceof WakingClock waking) {
            closing.add(waking.onMoved(built::wakeup));
        }
        built.start(threads);
        counters.activity("discovering");
        intake.start(threads, mailbox, closing);
        counters.activity("reading");
        surroundings.stop().onSet(() -> mailbox.post(this::stop));
        while (!coordinator.finished()) {
            advance();
            look();
        }
        return complete ? Ending.DONE : Ending.STOPPED;
    }

    private void advance() throws InterruptedException {
        mailbox.handle(Math.min(LOOK_NANOS, coordinator.nextAt() - System.nanoTime()));
        while (coordinator.step(System.nanoTime())) {
            mailbox.handle(0);
        }
    }

    private void look() {
        if (stopping && System.nanoTime() - stopDeadline > 0) {
            throw new EngineException("Cannot drain pipeline '"
                    + surroundings.plan().pipeline() + "' within " + GRACE.toSeconds()
                    + " s: a connector does not return; what was not sealed is read again on the next run");
        }
        long emissions = crew.map(Crew::emissions).orElse(0L);
        if (emissions != seen) {
            seen = emissions;
            coordinator.moved();
        }
        if (!finishing && (stopping || intake.isComplete())) {
            finishing = true;
            intake.close();
            counters.activity("committing");
            coordinator.finish();
        }
    }

    private void stop() {
        stopping = true;
        stopDeadline = System.nanoTime() + GRACE.toNanos();
        counters.activity("draining");
        pool.stop();
    }

    /** Ends all threads, whatever has happened. */
    private void end() {
        surroundings.stop().onSet(() -> {});
        try (Closing asked = new Closing()) {
            asked.add(() -> commits.values().forEach(CommitRunner::stop));
            asked.add(() -> crew.ifPresent(Crew::abort));
            asked.add(budget);
            asked.add(pool::stop);
        }
        threads.join(surroundings.grace());
    }

    @Override
    public void barrier(long epoch, boolean last) {
        barriers.put(epoch, System.nanoTime());
        crew.ifPresent(all -> {
            if (last) {
                complete = intake.isComplete();
                all.last(new LastEpoch(epoch, complete));
            }
            all.barrier(epoch);
        });
    }

    @Override
    public void commit(CommitRequest request) {
        CommitRunner runner = commits.get(request.sinkId());
        if (runner != null) {
            runner.start(request);
        }
    }

    @Override
    public void durable(SealedEpoch epoch) {
        counters.epochs.increment();
        Long start = barriers.remove(epoch.id().epoch());
        if (start != null) {
            epochTimer.record(Duration.ofNanos(System.nanoTime() - start));
        }
        crew.ifPresent(Crew::durable);
        intake.durable(epoch);
    }

    @Override
    public void contribute(Contribution contribution) {
        mailbox.post(() -> coordinator.contribute(contribution));
    }

    @Override
    public void read(String sourceId, Given rows) {
        counters.read(rows);
        counters.step(sourceId).out(rows.rows(), rows.bytes());
    }

    @Override
    public void ended(PartitionReader reader, ResumeState last) {
        if (reader.unchanged()) {
            counters.unchanged.increment();
        }
        mailbox.post(() -> intake.ended(reader, last));
    }
}
