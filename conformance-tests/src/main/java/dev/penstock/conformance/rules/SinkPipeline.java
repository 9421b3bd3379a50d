package dev.penstock.conformance.rules;

import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.engine.EngineJob;
import dev.penstock.conformance.engine.TestedEngine;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.numbered.NumberedConnector;
import dev.penstock.conformance.numbered.NumberedSource;
import dev.penstock.conformance.process.CrashPoint;
import dev.penstock.conformance.process.CrashingPipeline;
import dev.penstock.conformance.rule.Effort;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Capability;
import dev.penstock.spi.ResumeState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Pipelines of numbered rows into the sink under test, all of them lives of one and the same. */
final class SinkPipeline implements AutoCloseable {
    static final int PARTITIONS = 4;
    static final Duration EPOCH = Duration.ofMillis(15);
    private static final int MORE = 3;
    private static final int MOST_ATTEMPTS = 3;

    private final Trial trial;
    private final SinkSide side;
    private final CrashingPipeline pipeline;
    private final int partitions;
    private boolean learns;

    /** A pipeline on the engine of the trial; makes what the sink does not make itself. */
    SinkPipeline(Trial trial) {
        this(trial, trial.engine(), PARTITIONS);
    }

    SinkPipeline(Trial trial, TestedEngine engine, int partitions) {
        this.trial = trial;
        this.side = trial.fixture().sink();
        this.partitions = partitions;
        this.pipeline = new CrashingPipeline(
                engine, trial.directory(), trial.fixture().getClass().getClassLoader());
        side.create();
    }

    /**
     * A pipeline on the engine of the trial that is to be killed many times, for which what costs less is worth while.
     */
    static SinkPipeline killedOften(Trial trial) {
        SinkPipeline lives = new SinkPipeline(trial);
        lives.pipeline.expectMany();
        lives.learns = trial.effort().kills() > Effort.QUICK.kills();
        return lives;
    }

    CrashingPipeline pipeline() {
        return pipeline;
    }

    /** A life whose rows have no end: quick ones first, then one by one. */
    EngineJob endless(int writers) {
        return endless(writers, trial.settings());
    }

    EngineJob endless(int writers, Map<String, Object> settings) {
        return job(writers, settings, Map.of("pace", "2ms", "batch-rows", 4, "burst", 80));
    }

    private EngineJob job(int writers, Map<String, Object> settings, Map<String, Object> source) {
        Map<String, Object> complete = new HashMap<>(source);
        complete.put("seed", trial.seed());
        complete.put("partitions", partitions);
        complete.put("layout", side.layout().getClass().getName());
        return new EngineJob(
                SinkIncarnation.PIPELINE,
                new EngineJob.Step(new NumberedConnector(), complete),
                new EngineJob.Step(trial.connector(), settings),
                side.append(),
                writers,
                EPOCH,
                trial.directory());
    }

    /**
     * Crashes at a point, in a few attempts if need be.
     *
     * @return how many rows the sink had said are safe
     */
    long crash(CrashPoint point, int occurrence, int writers) throws InterruptedException {
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            Optional<Long> safe = pipeline.crash(endless(writers), point, attempt == 0 ? occurrence : 1);
            if (safe.isPresent()) {
                learnOnce(writers);
                return safe.get();
            }
        }
        throw voidRun(point);
    }

    /** Not before the first crash, which is to find a sink where nothing is durable yet. */
    private void learnOnce(int writers) throws InterruptedException {
        if (learns) {
            learns = false;
            boolean commits = trial.connector().descriptor().can(Capability.TRANSACTIONAL);
            pipeline.learn(endless(writers), commits ? CrashPoint.AFTER_COMMIT : CrashPoint.AFTER_FLUSH);
        }
    }

    /** What is thrown if a kill cannot be made to land. */
    static IllegalStateException voidRun(CrashPoint point) {
        return new IllegalStateException(
                "Cannot try the rule: no kill landed at " + point + " in " + MOST_ATTEMPTS + " runs; they are void");
    }

    /** Recovers and comes to an end; gives the rows that were read in all lives together. */
    List<NumberedRow> finish(int writers) throws InterruptedException {
        Map<String, ResumeState> ends =
                pipeline.finish(job(writers, trial.settings(), Map.of("more", MORE, "batch-rows", 2)));
        if (ends.size() != partitions) {
            throw new IllegalStateException("Cannot tell what was read: only " + ends.keySet() + " came to an end");
        }
        List<NumberedRow> rows = new ArrayList<>();
        ends.forEach((id, state) -> rows.addAll(NumberedRow.inserts(
                trial.seed(), Integer.parseInt(id.substring(1)), 0, NumberedSource.rowsBefore(state))));
        return rows;
    }

    /** The evidence of the report. */
    void note() {
        trial.note(pipeline.landed() + " kills landed, " + pipeline.voids() + " runs were void");
    }

    @Override
    public void close() {
        pipeline.close();
    }
}
