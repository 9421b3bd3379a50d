package dev.penstock.engine.embedded;

import static dev.penstock.engine.embedded.testing.SumsPipeline.LENGTH;
import static dev.penstock.engine.embedded.testing.SumsPipeline.SENSORS;
import static dev.penstock.engine.embedded.testing.SumsPipeline.expected;
import static dev.penstock.engine.embedded.testing.SumsPipeline.sums;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.plan.Plan;
import dev.penstock.dataflow.plan.PlanNode;
import dev.penstock.engine.embedded.RunReport.Ending;
import dev.penstock.engine.embedded.testing.Functions;
import dev.penstock.engine.embedded.testing.Leftovers;
import dev.penstock.engine.embedded.testing.MemoryTarget;
import dev.penstock.engine.embedded.testing.NumbersSource;
import dev.penstock.engine.embedded.testing.Plans;
import dev.penstock.engine.embedded.testing.Readings;
import dev.penstock.engine.embedded.testing.SumsPipeline;
import dev.penstock.engine.embedded.testing.Waiting;
import dev.penstock.engine.embedded.testing.WindowSums;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.Routing;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.ObjectColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Functions and steps with memory on the real engine, with state in SQLite. */
final class KeyedPipelineTest {
    private final NumbersSource source = new NumbersSource();
    private final MemoryTarget target = new MemoryTarget();

    @RegisterExtension
    private final Leftovers leftovers = new Leftovers(source, target);

    @TempDir
    private Path state;

    private static RunReport run(Plan plan) {
        return EmbeddedEngine.of(plan).run();
    }

    private Plans plan(int workers) {
        return SumsPipeline.of(source, state, workers);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void sumsByKeyAndWindowAreRightWithAnyNumberOfWorkers(int workers) {
        source.with("a", 10_000).with("b", 10_000).with("c", 10_000);

        RunReport report = run(plan(workers).to(target));

        assertThat(report.ending()).isEqualTo(Ending.DONE);
        assertThat(sums(target.committed())).isEqualTo(expected(LENGTH, 10_000, "a", "b", "c"));
        assertThat(report.totals().step("sums").rowsIn()).isEqualTo(30_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aSecondStepWithMemoryGoesByTheTimesAndWatermarksOfTheFirst(int workers) {
        source.with("a", 10_000).with("b", 10_000);

        run(plan(workers)
                .keyed(new WindowSums("totals", 1, 4 * LENGTH, Optional.empty()))
                .to(target));

        assertThat(sums(target.committed())).isEqualTo(expected(4 * LENGTH, 10_000, "a", "b"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void severalInputsMeetByKey(int workers) {
        source.with("a", 8_000);
        NumbersSource other = new NumbersSource().with("b", 8_000);

        run(Plans.from(source)
                .state(state)
                .workers(workers)
                .function("left", new Readings(SENSORS, SumsPipeline.JITTER))
                .source("more", other)
                .node(new PlanNode.FunctionNode("right", List.of("more"), new Readings(SENSORS, SumsPipeline.JITTER)))
                .keyed(new WindowSums("both", 2, LENGTH, Optional.of(SumsPipeline.TIME)), "left", "right")
                .to(target));

        assertThat(sums(target.committed())).isEqualTo(expected(LENGTH, 8_000, "a", "b"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void rowsMayBeSpreadOverAllWorkersOnTheWay(int workers) {
        source.with("a", 8_000).with("b", 8_000);

        run(Plans.from(source)
                .state(state)
                .workers(workers)
                .node(new PlanNode.SpreadNode("spread", List.of("in")))
                .function("readings", new Readings(SENSORS, SumsPipeline.JITTER))
                .keyed(new WindowSums("sums", 1, LENGTH, Optional.of(WindowSums.time(5_000, Duration.ofHours(1)))))
                .to(target));

        assertThat(sums(target.committed())).isEqualTo(expected(LENGTH, 8_000, "a", "b"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void outputsOfAStepAndStepsBeforeItMayGoToSinksOfTheirOwn(int workers) {
        source.with("a", 5_000);
        MemoryTarget late = new MemoryTarget().routing(new Routing.Single());
        MemoryTarget everything = new MemoryTarget();

        run(Plans.from(source)
                .state(state)
                .workers(workers)
                .function("readings", new Readings(SENSORS, 200))
                .keyed(WindowSums.of("sums", LENGTH, 10))
                .node(new PlanNode.OutputNode("sums.late", "sums", 1))
                .sink("sum-sink", "sums", target)
                .sink("late-sink", "sums.late", late)
                .sink("all-sink", "readings", everything)
                .build());

        assertThat(everything.committed()).hasSize(5_000);
        assertThat(late.committed()).hasSizeGreaterThan(1_000);
        long summed = target.committed().stream()
                .mapToLong(row -> (Long) row.get("value"))
                .sum();
        long lateSum = late.committed().stream()
                .mapToLong(row -> (Long) row.get("value"))
                .sum();
        assertThat(summed + lateSum).isEqualTo(5_000L * 4_999 / 2);
    }

    @Test
    void aFunctionThatFailsStopsThePipelineWithItsNameAndIsClosed() {
        source.with("a", 10);
        AtomicInteger open = new AtomicInteger();

        assertThatThrownBy(() -> run(Plans.from(source)
                        .function("broken", new Functions.Failing(NumbersSource.SCHEMA, open))
                        .to(target)))
                .isInstanceOf(FatalException.class)
                .hasMessage("Cannot process rows in step 'broken': java.lang.IllegalStateException: no idea;"
                        + " mend the step, then run again");
        assertThat(open).hasValue(0);
    }

    @Test
    void theFailureOfAStepBehindAFunctionIsNotThatOfTheFunction() {
        source.with("a", 10);
        AtomicInteger open = new AtomicInteger();

        assertThatThrownBy(() -> run(Plans.from(source)
                        .function("readings", new Readings(SENSORS, 0))
                        .function("broken", new Functions.Failing(WindowSums.SCHEMA, open))
                        .to(target)))
                .hasMessageStartingWith("Cannot process rows in step 'broken'");
    }

    @Test
    void refusesToHandObjectsOfTheProgramToTheOutside() {
        source.with("a", 10);
        Schema objects = Schema.of(Field.of("item", DataType.OBJECT));

        assertThatThrownBy(() -> run(Plans.from(source)
                        .function(
                                "items",
                                new Functions.Mapping(
                                        objects,
                                        batch -> RecordBatch.of(
                                                objects,
                                                batch.rowCount(),
                                                List.of(new ObjectColumn(new Object[batch.rowCount()])))))
                        .to(target)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("out: step 'items' gives objects of the program, in column 'item';"
                        + " turn them into rows first with toRows");
        assertThat(target.planned()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void showsHowFarTimeHasComeAndWhatIsKept(int workers) {
        source.with("a", 1_000).endless();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        EmbeddedEngine engine = EmbeddedEngine.of(plan(workers).to(target)).withMeters(registry);
        AtomicReference<Double> keys = new AtomicReference<>(0.0);
        long latest = LongStream.range(0, 1_000)
                .map(number -> new Readings(SENSORS, SumsPipeline.JITTER).time(number, "a"))
                .max()
                .orElseThrow();

        Waiting.stopWhen(engine, () -> {
            keys.set(gauge(registry, "penstock.state.keys"));
            return gauge(registry, "penstock.watermark.micros") == latest - SumsPipeline.JITTER;
        });
        engine.run();

        assertThat(keys).hasValue((double) SENSORS);
    }

    private static double gauge(MeterRegistry registry, String name) {
        Gauge gauge = registry.find(name).tag("step", "sums").gauge();
        return gauge == null ? Double.NaN : gauge.value();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void setsRowsAsideThatComeFromAStepWithMemory(int workers) {
        source.with("a", 10_000).with("b", 10_000);
        MemoryTarget dead = new MemoryTarget();
        target.rejecting(row -> "sensor-3".equals(row.get("sensor")));

        run(plan(workers).deadLetters(dead).to(target));

        Map<String, Long> all = expected(LENGTH, 10_000, "a", "b");
        assertThat(dead.committed()).hasSize((int)
                all.keySet().stream().filter(key -> key.startsWith("sensor-3")).count());
        all.keySet().removeIf(key -> key.startsWith("sensor-3"));
        assertThat(sums(target.committed())).isEqualTo(all);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void anErrorThatMayPassGoesBackToTheStateOfTheLastEpoch(int workers) {
        source.with("a", 6_000).with("b", 6_000);
        source.beforePoll((partition, position, maxWait) -> {
            if (position == 4_000) {
                Waiting.until(() -> target.commits() > 0);
            }
        });
        AtomicInteger failures = new AtomicInteger();
        target.beforeWrite(batch -> {
            if (target.commits() > 0 && failures.getAndIncrement() < 2) {
                throw new RetryableException("Cannot write: the server is busy", Duration.ofMillis(1));
            }
        });

        RunReport report = run(Plans.from(source)
                .workers(workers)
                .batchRows(50)
                .interval(Duration.ofMillis(2))
                .function("readings", new Readings(SENSORS, SumsPipeline.JITTER))
                .keyed(new WindowSums("sums", 1, LENGTH, Optional.of(SumsPipeline.TIME)))
                .to(target));

        assertThat(report.totals().restarts()).isPositive();
        assertThat(sums(target.committed())).isEqualTo(expected(LENGTH, 6_000, "a", "b"));
    }

    @Test
    void refusesToGoOnWithoutAStepThatHasState() {
        source.with("a", 100).endless();
        EmbeddedEngine engine = EmbeddedEngine.of(plan(1).to(target));
        Waiting.stopWhen(engine, () -> engine.progress().epochs() > 0);
        engine.run();

        assertThatThrownBy(() -> run(Plans.from(source)
                        .state(state)
                        .function("readings", new Readings(SENSORS, SumsPipeline.JITTER))
                        .keyed(WindowSums.of("summs", LENGTH, 0))
                        .to(target)))
                .isInstanceOf(ResumeRefusedException.class)
                .hasMessageContaining("there is state of a step 'sums' which the pipeline does not have;"
                        + " rename step 'summs' back to it");
    }
}
