package dev.penstock.conformance.engine;

import dev.penstock.conformance.engine.KitState.Position;
import dev.penstock.spi.Capability;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.Source;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;

/**
 * One life of a pipeline, from taking over its state to its end or the first error. {@link #run} is the order of calls
 * that connectors may rely on.
 */
final class KitLife implements AutoCloseable {
    private final EngineJob job;
    private final KitStateFile file;
    private final KitRun run;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private KitState state;
    private boolean achieved;

    KitLife(EngineJob job, KitStateFile file, KitRun run) {
        this.job = job;
        this.file = file;
        this.run = run;
        this.state = KitState.EMPTY;
    }

    /** Whether an epoch became durable. */
    boolean achievedSomething() {
        return achieved;
    }

    void run() {
        state = file.claim();
        String runId = job.name() + "-" + state.generation();
        Source source = openSource();
        Sink sink = openSink(source);
        Optional<KitCommits> commits = commits(sink, runId);
        commits.ifPresent(this::commit);
        KitWriters writers = opened(new KitWriters(sink, job, runId, state));
        KitPartitions partitions = opened(new KitPartitions(source, state.positions()));
        KitWorkers workers = opened(new KitWorkers(writers, partitions, run));
        run.onStop(partitions::wakeup);
        for (long epoch = Math.max(state.epoch(), 0) + 1; ; epoch++) {
            partitions.discover();
            boolean last = workers.run(new EpochId(runId, epoch), job.epoch());
            seal(epoch, partitions, writers.seal(workers.pool()));
            partitions.durable();
            commits.ifPresent(this::commit);
            if (last) {
                return;
            }
        }
    }

    private Source openSource() {
        EngineJob.Step step = job.source();
        Source source = opened(step.connector().source(step.config(Role.SOURCE, job.state())));
        source.open(new KitContext(job.name(), EngineJob.SOURCE, state.generation(), job.state()));
        if (state.epoch() >= 0) {
            source.restored(state.states());
        }
        source.provision();
        return source;
    }

    private Sink openSink(Source source) {
        EngineJob.Step step = job.sink();
        Sink sink = opened(step.connector().sink(step.config(Role.SINK, job.state())));
        sink.open(new KitContext(job.name(), EngineJob.SINK, state.generation(), job.state()));
        if (sink.plan(source.schema(), job.mode()) instanceof SinkPlan.Reject reject) {
            throw new ConfigException(reject.problems());
        }
        sink.provision();
        return sink;
    }

    private Optional<KitCommits> commits(Sink sink, String runId) {
        if (!can(Capability.TRANSACTIONAL)) {
            return Optional.empty();
        }
        KitCommits commits = opened(new KitCommits(sink.committer(job.sinkId(), runId)));
        if (can(Capability.FENCING)) {
            commits.claim();
        }
        return Optional.of(commits);
    }

    private boolean can(Capability capability) {
        return job.sink().connector().descriptor().can(capability);
    }

    /** Nothing that nobody needs to know is written: an idle pipeline leaves its file alone. */
    private void seal(long epoch, KitPartitions partitions, KitWriters.Sealed writers) {
        Map<String, Position> positions = partitions.positions();
        if (!writers.handles().isEmpty() || !positions.equals(state.positions())) {
            state = state.sealed(epoch, positions, writers);
            file.write(state);
            achieved = true;
        }
    }

    private void commit(KitCommits commits) {
        if (!state.pending().isEmpty()) {
            commits.commit(state.pending());
            state = state.committed();
            file.write(state);
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    /** Closes what was opened, last first, each whatever became of the others. */
    @Override
    public void close() {
        Closing.all(open);
        open.clear();
    }
}
