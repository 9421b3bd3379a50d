package dev.penstock.conformance.rules;

import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.engine.EngineJob;
import dev.penstock.conformance.history.HistoryChecker;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.numbered.Ledger;
import dev.penstock.conformance.numbered.NumberedConnector;
import dev.penstock.conformance.process.CrashPoint;
import dev.penstock.conformance.process.CrashingPipeline;
import dev.penstock.conformance.rule.Effort;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Role;
import dev.penstock.spi.WriteMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The rules about sources whose process is killed. */
final class SourceCrashRules {
    private static final int PARTITIONS = 3;
    private static final int ROWS = 25;
    private static final int MOST_RANDOM_MILLIS = 40;
    private static final List<CrashPoint> POINTS = List.of(
            CrashPoint.AFTER_POLL,
            CrashPoint.AFTER_PREPARE,
            CrashPoint.BEFORE_COMMIT,
            CrashPoint.AFTER_COMMIT,
            CrashPoint.AFTER_DURABLE);

    private SourceCrashRules() {}

    /** All of them, in order. */
    public static List<Rule> all() {
        return List.of(Rule.of(
                        "SP-03",
                        Tier.T3,
                        "Killed at any instant, it leaves no gap and repeats only what came after the last durable"
                                + " state",
                        SourceCrashRules::killed)
                .of(Role.SOURCE)
                .needing(Capability.REPLAYABLE)
                .onEachEngine());
    }

    /** The sink at the other end keeps an epoch exactly once, so that each gap and each repetition can be seen. */
    private static void killed(Trial trial) throws InterruptedException {
        SourceSide side = trial.fixture().source();
        side.create(PARTITIONS);
        Path ledger = trial.directory().resolve("ledger");
        EngineJob job = job(trial, ledger);
        List<NumberedRow> rows = new ArrayList<>();
        try (CrashingPipeline pipeline = new CrashingPipeline(
                trial.engine(), trial.directory(), trial.fixture().getClass().getClassLoader())) {
            pipeline.expectMany();
            kill(trial, pipeline, job, rows);
            trial.note(pipeline.landed() + " kills landed, " + pipeline.voids() + " runs were void");
            if (pipeline.landed() == 0) {
                throw new RuleViolation("no kill landed", "the runs are void, not green");
            }
        }
        append(trial, side, rows);
        finish(trial, job, ledger, rows.size());
        HistoryChecker.exactlyOnce(rows)
                .verify(
                        Ledger.read(ledger),
                        "Poll.Rows.after: it resumes after the last row of its batch, and nothing else says where to"
                                + " resume");
    }

    /**
     * The first kill comes before anything is durable, so that the life that is not counted comes after it, and reads
     * what that one did not come to.
     */
    private static void kill(Trial trial, CrashingPipeline pipeline, EngineJob job, List<NumberedRow> rows)
            throws InterruptedException {
        int kills = trial.effort().kills();
        for (int kill = 0; kill < kills; kill++) {
            if (kill == 1 && kills > Effort.QUICK.kills()) {
                pipeline.learn(job, CrashPoint.AFTER_COMMIT);
            }
            append(trial, trial.fixture().source(), rows);
            if (kill % 2 == 0) {
                pipeline.crash(job, POINTS.get(kill / 2 % POINTS.size()), 1);
            } else {
                pipeline.kill(job, Duration.ofMillis(trial.random().nextInt(MOST_RANDOM_MILLIS)));
            }
        }
    }

    private static void append(Trial trial, SourceSide side, List<NumberedRow> rows) {
        int before = rows.size() / PARTITIONS;
        for (int partition = 0; partition < PARTITIONS; partition++) {
            List<NumberedRow> more = NumberedRow.inserts(trial.seed(), partition, before, before + ROWS);
            side.append(partition, more);
            rows.addAll(more);
        }
    }

    private static EngineJob job(Trial trial, Path ledger) {
        return new EngineJob(
                "conformance",
                new EngineJob.Step(trial.connector(), trial.settings()),
                new EngineJob.Step(
                        new NumberedConnector(),
                        Map.of(
                                "directory",
                                ledger.toString(),
                                "layout",
                                trial.fixture().source().layout().getClass().getName())),
                WriteMode.append(),
                2,
                SinkPipeline.EPOCH,
                trial.directory());
    }

    /** A run that goes on in a version of the outside ends with that; the next one reads what came since. */
    private static void finish(Trial trial, EngineJob job, Path ledger, int rows) throws InterruptedException {
        runOn(trial, job, ledger, rows);
        if (trial.fixture().source().versioned() && Ledger.read(ledger).size() < rows) {
            runOn(trial, job, ledger, rows);
        }
    }

    /** Runs until all rows are there, or the pipeline ends by itself, or neither comes to pass. */
    private static void runOn(Trial trial, EngineJob job, Path ledger, int rows) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        try (var running = trial.engine().start(job)) {
            while (!running.await(SinkPipeline.EPOCH)
                    && Ledger.read(ledger).size() < rows
                    && System.nanoTime() < deadline) {
                Thread.onSpinWait();
            }
        }
    }
}
