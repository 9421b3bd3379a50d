package dev.penstock.engine.embedded;

import static dev.penstock.engine.embedded.testing.SumsPipeline.LENGTH;
import static dev.penstock.engine.embedded.testing.SumsPipeline.SENSORS;
import static dev.penstock.engine.embedded.testing.SumsPipeline.expected;
import static dev.penstock.engine.embedded.testing.SumsPipeline.sums;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.engine.embedded.testing.CpuUse;
import dev.penstock.engine.embedded.testing.Functions;
import dev.penstock.engine.embedded.testing.LastValues;
import dev.penstock.engine.embedded.testing.ManualClock;
import dev.penstock.engine.embedded.testing.MemoryTarget;
import dev.penstock.engine.embedded.testing.NumbersSource;
import dev.penstock.engine.embedded.testing.Plans;
import dev.penstock.engine.embedded.testing.Readings;
import dev.penstock.engine.embedded.testing.SumsPipeline;
import dev.penstock.engine.embedded.testing.Waiting;
import dev.penstock.engine.embedded.testing.WindowSums;
import dev.penstock.spi.data.RecordBatch;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How time goes on in a pipeline: by the rows of each partition, by who is silent, and by the clock. */
final class PipelineTimeTest {
    private final NumbersSource source = new NumbersSource();
    private final MemoryTarget target = new MemoryTarget();
    private final MemoryTarget late = new MemoryTarget();

    @TempDir
    private Path state;

    private Plans plan(int workers, Duration idleAfter) {
        return Plans.from(source)
                .state(state)
                .workers(workers)
                .function("readings", new Readings(SENSORS, SumsPipeline.JITTER))
                .keyed(new WindowSums("sums", 1, LENGTH, Optional.of(WindowSums.time(SumsPipeline.JITTER, idleAfter))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aPartitionThatIsReadMuchLaterThanOthersLosesNothing(int workers) {
        source.with("a", 6_000).with("b", 6_000);
        AtomicBoolean isRead = new AtomicBoolean();
        source.beforePoll((partition, position, maxWait) -> {
            isRead.compareAndSet(false, partition.equals("a") && position >= 6_000);
            if (partition.equals("b") && position == 0) {
                Waiting.until(isRead::get);
            }
        });

        EmbeddedEngine.of(plan(workers, Duration.ofHours(1)).to(target)).run();

        assertThat(sums(target.committed())).isEqualTo(expected(LENGTH, 6_000, "a", "b"));
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,1000", "3,1", "3,1000"})
    void whatIsLateDependsNeitherOnBatchesNorOnWorkers(int workers, int batchRows) {
        source.with("a", 2_000).with("b", 2_000);

        EmbeddedEngine.of(Plans.from(source)
                        .workers(workers)
                        .batchRows(batchRows)
                        .function("readings", new Readings(SENSORS, 200))
                        .keyed(WindowSums.of("sums", LENGTH, 10))
                        .node(new PlanNode.OutputNode("sums.late", "sums", 1))
                        .sink("sum-sink", "sums", target)
                        .sink("late-sink", "sums.late", late)
                        .build())
                .run();

        assertThat(late.committed()).hasSize(lateRows("a") + lateRows("b"));
        assertThat(sums(target.committed()).values().stream()
                                .mapToLong(sum -> sum)
                                .sum()
                        + late.committed().stream()
                                .mapToLong(row -> (Long) row.get("value"))
                                .sum())
                .isEqualTo(2 * 2_000L * 1_999 / 2);
    }

    private static int lateRows(String partition) {
        Readings readings = new Readings(SENSORS, 200);
        long latest = Long.MIN_VALUE + 10;
        int count = 0;
        for (long number = 0; number < 2_000; number++) {
            long time = readings.time(number, partition);
            count += time < latest - 10 ? 1 : 0;
            latest = Math.max(latest, time);
        }
        return count;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void goesOnWithoutAPartitionThatIsSilent(int workers) throws Exception {
        source.with("busy", 2_000).with("silent", 0).endless();
        EmbeddedEngine engine =
                EmbeddedEngine.of(plan(workers, Duration.ofMillis(50)).to(target));
        CompletableFuture<RunReport> run = CompletableFuture.supplyAsync(engine::run);

        Waiting.until(() -> sums(target.committed()).containsKey("sensor-0@1000"));

        engine.stop();
        run.get();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void goesOnWithoutAPartitionWhoseRowsAreAllForOthers(int workers) throws Exception {
        source.with("ours", 2_000).with("dropped", 1_000_000_000).endless();
        source.beforePoll((partition, position, maxWait) -> Waiting.pause(partition.equals("dropped") ? 1 : 0));
        EmbeddedEngine engine = EmbeddedEngine.of(Plans.from(source)
                .workers(workers)
                .batchRows(100)
                .function("ours", new Functions.Mapping(NumbersSource.SCHEMA, PipelineTimeTest::ours))
                .function("readings", new Readings(SENSORS, SumsPipeline.JITTER))
                .keyed(new WindowSums(
                        "sums", 1, LENGTH, Optional.of(WindowSums.time(SumsPipeline.JITTER, Duration.ofMillis(50)))))
                .to(target));
        CompletableFuture<RunReport> run = CompletableFuture.supplyAsync(engine::run);

        Waiting.until(() -> sums(target.committed()).containsKey("sensor-0@1000"));

        engine.stop();
        run.get();
    }

    private static RecordBatch ours(RecordBatch batch) {
        boolean[] keep = new boolean[batch.rowCount()];
        for (int row = 0; row < keep.length; row++) {
            keep[row] = "ours".equals(batch.column("partition").value(row));
        }
        return batch.filter(keep);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void waitsForAPartitionThatMayStillSpeak(int workers) throws Exception {
        source.with("busy", 2_000).with("slow", 1).endless();
        EmbeddedEngine engine =
                EmbeddedEngine.of(plan(workers, Duration.ofHours(1)).to(target));
        CompletableFuture<RunReport> run = CompletableFuture.supplyAsync(engine::run);
        Waiting.until(() -> engine.progress().step("sums").rowsIn() == 2_001);
        source.with("slow", 1_000);

        Waiting.until(() -> sums(target.committed()).containsKey("sensor-0@0"));
        engine.stop();
        run.get();

        Long expectedSum = expected(LENGTH, 1_000, "busy", "slow").get("sensor-0@0");
        assertThat(sums(target.committed())).containsEntry("sensor-0@0", expectedSum);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void goesOnWithoutAPartitionThatEnded(int workers) throws Exception {
        source.with("short", 10);
        NumbersSource other = new NumbersSource().with("long", 2_000).endless();
        EmbeddedEngine engine = EmbeddedEngine.of(Plans.from(source)
                .source("more", other)
                .workers(workers)
                .function("readings", new Readings(SENSORS, SumsPipeline.JITTER))
                .keyed(new WindowSums("sums", 1, LENGTH, Optional.of(SumsPipeline.TIME)))
                .to(target));
        CompletableFuture<RunReport> run = CompletableFuture.supplyAsync(engine::run);

        Waiting.until(() -> sums(target.committed()).containsKey("sensor-0@1000"));

        engine.stop();
        run.get();
    }

    @Test
    void aSleepySourceHoldsNothingUp() throws Exception {
        source.with("busy", 20_000).endless();
        NumbersSource sleepy = new NumbersSource().with("sleepy", 1).endless();
        AtomicBoolean awake = new AtomicBoolean();
        sleepy.beforePoll((partition, position, maxWait) -> Waiting.until(awake::get));
        EmbeddedEngine engine = EmbeddedEngine.of(Plans.from(source)
                .source("sleepy", sleepy)
                .function("all", new Functions.Mapping(NumbersSource.SCHEMA, batch -> batch))
                .keyed(new LastValues("last", Duration.ZERO))
                .to(target));
        CompletableFuture<RunReport> run = CompletableFuture.supplyAsync(engine::run);

        Waiting.until(() -> !target.committed().isEmpty());

        assertThat(awake).isFalse();
        awake.set(true);
        engine.stop();
        run.get();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void timersOfTheWallClockAreDueWhenItIsMoved(int workers) throws Exception {
        source.with("a", 10).with("b", 20).endless();
        ManualClock clock = new ManualClock();
        EmbeddedEngine engine = EmbeddedEngine.of(Plans.from(source)
                        .workers(workers)
                        .keyed(new LastValues("last", Duration.ofSeconds(10)))
                        .to(target))
                .withClock(clock);
        CompletableFuture<RunReport> run = CompletableFuture.supplyAsync(engine::run);
        Waiting.until(() -> engine.progress().step("last").rowsIn() == 30);

        clock.advance(Duration.ofMillis(9_999));
        clock.advance(Duration.ofMillis(1));
        Waiting.until(() -> target.committed().size() == 2);

        engine.stop();
        run.get();
        assertThat(target.committed().stream().map(row -> row.get("number"))).containsExactlyInAnyOrder(9L, 19L);
        assertThat(clock.listeners()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void timersThatWereDueWhileThePipelineWasDownComeFirst(int workers) {
        source.with("a", 10).endless();
        ManualClock clock = new ManualClock();
        EmbeddedEngine first = EmbeddedEngine.of(lastValues(workers)).withClock(clock);
        Waiting.stopWhen(first, () -> first.progress().step("last").rowsIn() == 10);
        first.run();
        clock.advance(Duration.ofHours(1));
        source.with("a", 30);

        EmbeddedEngine second = EmbeddedEngine.of(lastValues(workers)).withClock(clock);
        Waiting.stopWhen(second, () -> target.committed().size() == 1);
        second.run();

        assertThat(target.committed().get(0).get("number")).isEqualTo(9L);
    }

    private Plan lastValues(int workers) {
        return Plans.from(source)
                .state(state)
                .workers(workers)
                .keyed(new LastValues("last", Duration.ofSeconds(10)))
                .to(target);
    }

    @Test
    void idlePartitionsCostNextToNothing() throws Exception {
        for (int partition = 0; partition < 100; partition++) {
            source.with("p" + partition, 0);
        }
        source.endless().pausing(Duration.ofMillis(100));
        EmbeddedEngine engine = EmbeddedEngine.of(plan(1, Duration.ofSeconds(1))
                .discoveryInterval(Duration.ofSeconds(10))
                .to(target));
        Thread run = new Thread(engine::run, "penstock-test-coordinator");
        run.start();
        Waiting.until(() -> source.open() == 100);

        double used = CpuUse.over(Duration.ofSeconds(4), name -> name.startsWith("penstock-test"));

        engine.stop();
        run.join();
        assertThat(used).as("part of one processor").isLessThan(0.02);
    }
}
