package dev.penstock.conformance.process;

import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.penstock.conformance.engine.EngineJob;
import dev.penstock.conformance.engine.KitEngine;
import dev.penstock.conformance.history.HistoryChecker;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.numbered.Ledger;
import dev.penstock.conformance.numbered.NumberedConnector;
import dev.penstock.conformance.numbered.NumberedSource;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.WriteMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashingPipelineTest {
    private static final long SEED = 11;

    @TempDir
    Path directory;

    private CrashingPipeline pipeline;

    @BeforeEach
    void pipeline() {
        pipeline = new CrashingPipeline(new KitEngine(), directory, getClass().getClassLoader());
    }

    @AfterEach
    void close() {
        pipeline.close();
    }

    @Test
    void whatAKilledProcessLeftIsRecoveredByTheNextAndByThisOne() throws InterruptedException {
        assertThat(pipeline.crash(endless(), CrashPoint.AFTER_PREPARE, 1)).contains(0L);
        assertThat(ledger()).isEmpty();
        assertThat(pipeline.crash(endless(), CrashPoint.AFTER_COMMIT, 1))
                .hasValueSatisfying(safe -> assertThat(ledger()).hasSize(safe.intValue()));
        Map<String, ResumeState> ends = pipeline.finish(job(Map.of("more", 3)));
        HistoryChecker.exactlyOnce(rowsBefore(ends)).verify(ledger(), "the ledger");
        assertThat(pipeline.landed()).isEqualTo(2);
        assertThat(pipeline.generation()).isEqualTo(2);
        assertThat(pipeline.voids()).isZero();
    }

    @Test
    void theNextProcessWaitsWhileOneRunsAndIsEndedWithThePipeline() throws InterruptedException {
        pipeline.expectMany();
        assertThat(pipeline.crash(endless(), CrashPoint.AFTER_PREPARE, 1)).isPresent();
        assertThat(processes()).hasSize(1);
        assertThat(pipeline.crash(endless(), CrashPoint.AFTER_COMMIT, 1)).isPresent();
        pipeline.close();
        assertThat(processes()).isEmpty();
        HistoryChecker.exactlyOnce(rowsBefore(pipeline.finish(job(Map.of("more", 3)))))
                .verify(ledger(), "the ledger");
    }

    @Test
    void aLifeIsLearnedFromOnceAndNotCounted() throws InterruptedException {
        pipeline.learn(endless(), CrashPoint.AFTER_COMMIT);
        long learned = pipeline.generation();
        pipeline.learn(endless(), CrashPoint.AFTER_COMMIT);
        assertThat(pipeline.generation()).isEqualTo(learned);
        pipeline.expectMany();
        assertThat(pipeline.crash(endless(), CrashPoint.AFTER_PREPARE, 1)).isPresent();
        assertThat(processes()).singleElement(as(STRING)).contains("-XX:SharedArchiveFile=");
        pipeline.close();
        assertThat(pipeline.landed()).isEqualTo(1);
        HistoryChecker.exactlyOnce(rowsBefore(pipeline.finish(job(Map.of("more", 3)))))
                .verify(ledger(), "the ledger");
    }

    /** The commands of the processes that run in this directory. */
    private List<String> processes() {
        return ProcessHandle.current()
                .children()
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().commandLine().stream())
                .filter(command -> command.contains(directory.toString()))
                .toList();
    }

    @Test
    void aRunThatEndsBeforeThePointIsVoid() throws InterruptedException {
        assertThat(pipeline.crash(job(Map.of("until", 5)), CrashPoint.AFTER_COMMIT, 1_000))
                .isEmpty();
        assertThat(pipeline.landed()).isZero();
        assertThat(pipeline.voids()).isEqualTo(1);
        assertThat(pipeline.generation()).as("of an incarnation all the same").isEqualTo(1);
    }

    @Test
    void aKillThatComesAfterTheEndIsVoid() throws InterruptedException {
        assertThat(pipeline.kill(job(Map.of("until", 5)), Duration.ofSeconds(20)))
                .isFalse();
        assertThat(pipeline.kill(endless(), Duration.ofMillis(5))).isTrue();
        assertThat(pipeline.voids()).isEqualTo(1);
    }

    @Test
    void aPipelineThatFailsOnItsWayIsABrokenRule() {
        EngineJob failing = job(Map.of("layout", "no.such.Layout"));
        assertThatThrownBy(() -> pipeline.crash(failing, CrashPoint.AFTER_WRITE, 1))
                .isInstanceOf(RuleViolation.class)
                .hasMessageContaining("on its way to AFTER_WRITE")
                .hasMessageContaining("no.such.Layout");
    }

    @Test
    void aStoppedProcessDoesNothingUntilItGoesOn() throws InterruptedException {
        List<NumberedRow> seen = new ArrayList<>();
        Optional<String> end = pipeline.suspend(job(Map.of("until", 5)), CrashPoint.BEFORE_COMMIT, 1, zombie -> {
            assertThat(zombie.generation()).isEqualTo(1);
            assertThat(zombie.committing()).hasSize(1);
            seen.addAll(ledger());
        });
        assertThat(seen).isEmpty();
        assertThat(end).contains("nothing");
        assertThat(ledger()).hasSize(10);
    }

    @Test
    void whatWasToBeCommittedIsToldByTheProcessThatIsKilled() throws InterruptedException {
        Zombie dead = pipeline.crashBeforeCommit(endless(), 1);
        assertThat(dead.committing())
                .singleElement()
                .satisfies(handle -> assertThat(handle.rows()).isPositive());
        assertThat(ledger()).isEmpty();
    }

    private List<NumberedRow> ledger() {
        return Ledger.read(directory.resolve("ledger"));
    }

    private static List<NumberedRow> rowsBefore(Map<String, ResumeState> ends) {
        List<NumberedRow> rows = new ArrayList<>();
        ends.forEach((id, state) -> rows.addAll(
                NumberedRow.inserts(SEED, Integer.parseInt(id.substring(1)), 0, NumberedSource.rowsBefore(state))));
        return rows;
    }

    private EngineJob endless() {
        return job(Map.of("pace", "2ms"));
    }

    private EngineJob job(Map<String, Object> settings) {
        Map<String, Object> source = new HashMap<>(settings);
        source.putAll(Map.of("seed", SEED, "partitions", 2));
        NumberedConnector connector = new NumberedConnector();
        return new EngineJob(
                "crashing",
                new EngineJob.Step(connector, source),
                new EngineJob.Step(
                        connector,
                        Map.of("directory", directory.resolve("ledger").toString())),
                WriteMode.append(),
                1,
                Duration.ofMillis(15),
                directory.resolve("state"));
    }
}
