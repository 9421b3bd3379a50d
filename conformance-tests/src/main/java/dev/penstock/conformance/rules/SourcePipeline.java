package dev.penstock.conformance.rules;

import dev.penstock.conformance.engine.EngineJob;
import dev.penstock.conformance.engine.TestedEngine;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.numbered.Ledger;
import dev.penstock.conformance.numbered.NumberedConnector;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.WriteMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** A pipeline from the source under test to a sink that keeps every row exactly once, on the engine of the trial. */
final class SourcePipeline {
    private static final Duration LOOK = Duration.ofMillis(5);

    private final Trial trial;
    private final EngineJob job;
    private final Path ledger;

    /** A pipeline that is not started yet. */
    SourcePipeline(Trial trial, String name, Map<String, Object> settings, int writers) {
        this.trial = trial;
        this.ledger = trial.directory().resolve(name + "-ledger");
        Map<String, Object> sink = Map.of(
                "directory",
                ledger.toString(),
                "layout",
                trial.fixture().source().layout().getClass().getName());
        this.job = new EngineJob(
                name,
                new EngineJob.Step(trial.connector(), settings),
                new EngineJob.Step(new NumberedConnector(), sink),
                WriteMode.append(),
                writers,
                SinkPipeline.EPOCH,
                trial.directory().resolve(name + "-state"));
    }

    /** Starts it; the caller closes it. */
    TestedEngine.Running start() {
        return trial.engine().start(job);
    }

    /** The rows that have come out. */
    List<NumberedRow> rows() {
        return Ledger.read(ledger);
    }

    /** Runs it until it ends by itself; gives what has come out. */
    List<NumberedRow> runToItsEnd() throws InterruptedException {
        try (TestedEngine.Running running = start()) {
            if (!running.await(OpenSource.PATIENCE)) {
                throw new RuleViolation(
                        "a run over bounded partitions, on engine '"
                                + trial.engine().name() + "', has not ended after "
                                + OpenSource.PATIENCE.toSeconds() + " s, and " + rows().size() + " rows",
                        "every bounded partition gives End, and discover says complete when no other will appear");
            }
        }
        return rows();
    }

    /** Waits until so many rows have come out, or the time is over. */
    void awaitRows(int count) {
        awaitRows(rows -> rows.size() >= count, OpenSource.PATIENCE.dividedBy(2));
    }

    /** Waits until what has come out is as wanted, or the time is over. */
    void awaitRows(Predicate<List<NumberedRow>> wanted, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!wanted.test(rows()) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
