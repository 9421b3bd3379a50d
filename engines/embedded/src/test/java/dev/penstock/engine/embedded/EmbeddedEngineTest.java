package dev.penstock.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.dataflow.plan.Plan;
import dev.penstock.engine.embedded.RunReport.Ending;
import dev.penstock.engine.embedded.testing.ChangingConnector;
import dev.penstock.engine.embedded.testing.Leftovers;
import dev.penstock.engine.embedded.testing.MemoryTarget;
import dev.penstock.engine.embedded.testing.NumbersSource;
import dev.penstock.engine.embedded.testing.Plans;
import dev.penstock.engine.embedded.testing.Waiting;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.DataException;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.SinkCommitter.Outcome;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.config.Problem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedEngineTest {
    private final NumbersSource source = new NumbersSource();
    private final MemoryTarget target = new MemoryTarget();

    @RegisterExtension
    private final Leftovers leftovers = new Leftovers(source, target);

    @TempDir
    private Path state;

    private RunReport run(Plan plan) {
        return EmbeddedEngine.of(plan).run();
    }

    @Test
    void writesEveryRowOnceAndEnds() {
        source.with("a", 12_345).with("b", 0).with("c", 1);

        RunReport report = run(Plans.from(source).to(target));

        assertThat(report.ending()).isEqualTo(Ending.DONE);
        assertThat(target.committed()).hasSize(12_346).doesNotHaveDuplicates();
        assertThat(report.totals().rows()).isEqualTo(12_346);
        assertThat(report.totals().steps())
                .hasEntrySatisfying("out", step -> assertThat(step.rowsOut()).isEqualTo(12_346));
        assertThat(target.openTransactions()).isZero();
    }

    @Test
    void readsOnlyWhatIsNewOnTheNextRun() {
        source.with("a", 100).with("b", 50);
        run(Plans.from(source).state(state).to(target));
        source.with("a", 130);

        RunReport second = run(Plans.from(source).state(state).to(target));

        assertThat(second.totals().rows()).isEqualTo(30);
        assertThat(second.totals().unchangedPartitions()).isEqualTo(1);
        assertThat(target.committed()).hasSize(180).doesNotHaveDuplicates();
    }

    @Test
    void goesOnFromTheLastEpochAfterAnErrorThatMayPass() {
        AtomicInteger failures = new AtomicInteger();
        source.with("a", 20_000);
        target.beforeWrite(batch -> {
            if (target.commits() > 0 && failures.getAndIncrement() == 0) {
                throw new RetryableException("Cannot write: the server is busy", Duration.ofMillis(1));
            }
        });
        source.beforePoll((partition, position, maxWait) -> {
            if (position == 10_000) {
                Waiting.until(() -> target.commits() > 0);
            }
        });

        RunReport report = run(Plans.from(source).state(state).to(target));

        assertThat(report.totals().restarts()).isEqualTo(1);
        assertThat(target.committed()).hasSize(20_000).doesNotHaveDuplicates();
    }

    @Test
    void givesUpAfterTooManyRestartsWithoutProgress() {
        source.with("a", 10);
        target.beforeWrite(batch -> {
            throw new RetryableException("Cannot write: the server is busy", Duration.ofMillis(1));
        });

        assertThatThrownBy(() -> run(Plans.from(source).maxRestarts(2).to(target)))
                .isInstanceOf(RetryableException.class)
                .hasMessage("Cannot write: the server is busy");
        assertThat(target.committed()).isEmpty();
    }

    @Test
    void haltsBeforeThePositionPassesABadRow() {
        source.with("a", 5_000).badAt(3_210);

        assertThatThrownBy(() -> run(Plans.from(source).state(state).to(target)))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("Cannot read a row of partition 'a' at number 3210 in step 'in': it is bad;");

        source.badAt(-1);
        run(Plans.from(source).state(state).to(target));
        assertThat(target.committed()).hasSize(5_000).doesNotHaveDuplicates();
    }

    @Test
    void setsBadAndRejectedRowsAsideInTheSameEpoch() {
        MemoryTarget dead = new MemoryTarget();
        source.with("a", 5_000).badAt(3_210);
        target.rejecting(row -> Long.valueOf(17).equals(row.get("number")));

        RunReport report = run(Plans.from(source).deadLetters(dead).to(target));

        assertThat(target.committed()).hasSize(4_998).doesNotHaveDuplicates();
        assertThat(report.totals().deadLetters()).isEqualTo(2);
        assertThat(dead.committed())
                .extracting(row -> row.get("step"), row -> row.get("position"), row -> row.get("cause"))
                .containsExactlyInAnyOrder(
                        tuple("in", "number 3210", "it is bad"), tuple("out", "number 17", "it is not wanted"));
        assertThat(dead.openParts()).isZero();
    }

    @Test
    void stopsLoudlyWhenAPreparedTransactionIsGone() {
        source.with("a", 100);
        target.beforeCommit(target::killTransactions);

        assertThatThrownBy(() -> run(Plans.from(source).state(state).to(target)))
                .isInstanceOf(FatalException.class)
                .hasMessageContaining("to sink 'out': its transaction of 100 rows is gone");
    }

    @Test
    void commitsAgainWhatWasPendingWhenTheCommitsReplyWasLost() {
        AtomicInteger commits = new AtomicInteger();
        source.with("a", 100);
        target.outcome(outcome -> commits.incrementAndGet() < 3 ? Outcome.RETRY : outcome);

        run(Plans.from(source).state(state).to(target));

        assertThat(commits).hasValue(3);
        assertThat(target.committed()).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void releasesUpstreamOnceItIsDurableAndFreesTheReader() {
        source.with("a", 10_000).with("later", 1);
        source.beforePoll((partition, position, maxWait) -> {
            if (partition.equals("later")) {
                Waiting.until(() -> source.released("a") == 10_000 && source.open() == 1);
            }
        });

        run(Plans.from(source).to(target));

        assertThat(source.released("later")).isEqualTo(1);
    }

    @Test
    void drainsWhenAskedToStopAndRepeatsNothing() throws InterruptedException {
        source.with("a", 500).endless();
        for (int round = 1; round <= 20; round++) {
            source.with("a", 500L * round);
            int wanted = 500 * round;
            EmbeddedEngine engine =
                    EmbeddedEngine.of(Plans.from(source).state(state).to(target));
            Thread stopper = Waiting.stopWhen(engine, () -> target.committed().size() >= wanted);
            assertThat(engine.run().ending()).isEqualTo(Ending.STOPPED);
            engine.stop();
            stopper.join();
        }
        assertThat(target.committed()).hasSize(10_000).doesNotHaveDuplicates();
        assertThat(target.openTransactions()).isZero();
    }

    @Test
    void stopsInTheMiddleOfABacklogWithoutReadingItAll() throws InterruptedException {
        source.with("a", 200_000);
        target.beforeWrite(batch -> Waiting.pause(1));
        EmbeddedEngine engine =
                EmbeddedEngine.of(Plans.from(source).state(state).to(target));
        Thread stopper = Waiting.stopWhen(engine, () -> !target.committed().isEmpty());

        assertThat(engine.run().ending()).isEqualTo(Ending.STOPPED);

        stopper.join();
        assertThat(target.committed()).hasSizeBetween(1, 199_999);
        target.beforeWrite(batch -> {});
        run(Plans.from(source).state(state).to(target));
        assertThat(target.committed()).hasSize(200_000).doesNotHaveDuplicates();
    }

    @Test
    void asksTheSinkAgainWhenColumnsChangeOnTheWay() {
        source.with("a", 5_000);

        run(Plans.from(source).transform("change", new ChangingConnector()).to(target));

        assertThat(target.planned()).containsExactly(NumbersSource.SCHEMA, NumbersSource.SCHEMA.project(0));
        assertThat(target.committed()).hasSize(5_000);
    }

    @Test
    void refusesASinkThatCannotTakeTheColumns() {
        target.planning(new SinkPlan.Reject(
                List.of(Problem.error("columns", Problem.Code.INCOMPATIBLE, "no number", "add one"))));

        assertThatThrownBy(() -> run(Plans.from(source).to(target)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("out.columns: no number; add one");
    }

    @Test
    void refusesStateOfAStepThatIsGone() {
        source.with("a", 10);
        run(Plans.from(source).state(state).to(target));
        NumbersSource other = new NumbersSource();

        assertThatThrownBy(() ->
                        run(new Plans().source("renamed", other).state(state).to(target)))
                .isInstanceOf(ResumeRefusedException.class)
                .hasMessageContaining("there is state of a step 'in'");
    }

    @Test
    void flushesASinkWithoutTransactionsAtEveryEpoch() {
        source.with("a", 5_000);

        run(Plans.from(source).to(target.plain()));

        assertThat(target.committed()).hasSize(5_000).doesNotHaveDuplicates();
    }

    @Test
    void showsItsMetersWhileItRuns() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        AtomicReference<Double> seen = new AtomicReference<>(0.0);
        source.with("a", 5_000);
        target.beforeCommit(() -> seen.set(registry.get("penstock.rows.out")
                .tag("pipeline", "test")
                .tag("step", "out")
                .functionCounter()
                .count()));

        EmbeddedEngine.of(Plans.from(source).interval(Duration.ZERO).to(target))
                .withMeters(registry)
                .run();

        assertThat(seen.get()).isEqualTo(5_000);
        assertThat(registry.getMeters()).isEmpty();
    }
}
