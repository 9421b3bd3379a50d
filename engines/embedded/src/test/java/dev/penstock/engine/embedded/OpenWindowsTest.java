package dev.penstock.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.embedded.testing.Leftovers;
import dev.penstock.engine.embedded.testing.MemoryTarget;
import dev.penstock.engine.embedded.testing.NumbersSource;
import dev.penstock.engine.embedded.testing.Plans;
import dev.penstock.engine.embedded.testing.Readings;
import dev.penstock.engine.embedded.testing.Waiting;
import dev.penstock.engine.embedded.testing.WindowSums;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The meter of open windows, beside what must be open. */
final class OpenWindowsTest {
    private static final int SENSORS = 5_000;
    private static final long LENGTH = 12_000;
    private static final long ROOM = 1 << 18;
    private static final String WINDOWS = "penstock.windows.open";

    private final NumbersSource source = new NumbersSource();
    private final MemoryTarget target = new MemoryTarget();

    @RegisterExtension
    private final Leftovers leftovers = new Leftovers(source, target);

    /** What the meter showed whenever the source was asked, first to last. */
    private final List<Double> shown = Collections.synchronizedList(new ArrayList<>());

    /** How many keys were not in memory at these times. */
    private final List<Double> spilled = Collections.synchronizedList(new ArrayList<>());

    @TempDir
    private Path state;

    private Plans plans(int workers, long room) {
        return Plans.from(source)
                .state(state)
                .workers(workers)
                .interval(Duration.ofMillis(20))
                .stateMemory(room)
                .function("readings", new Readings(SENSORS, 0))
                .keyed(WindowSums.of("sums", LENGTH, 0));
    }

    /** The windows that the first {@code size} numbers have opened and not closed. */
    private static long open(long size) {
        long latest = size - 1;
        return LongStream.range(0, size)
                .filter(number -> number / LENGTH == latest / LENGTH)
                .map(number -> number % SENSORS)
                .distinct()
                .count();
    }

    @ParameterizedTest
    @CsvSource({"1, 3, 0", "3, 1, 0", "2, 1, 262144"})
    void countsThemInMemoryAndOnDiskAlsoAfterARestart(int workers, int workersLater, long lessRoomLater) {
        long size = 3 * LENGTH + 4_000;
        source.with("a", size).endless();
        runUntilShown(plans(workers, ROOM + lessRoomLater), open(size));

        shown.clear();
        runUntilShown(plans(workersLater, ROOM), open(size));
        assertThat(shown.get(0)).as("right after the restart").isEqualTo((double) open(size));
    }

    private void runUntilShown(Plans plans, long expected) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        EmbeddedEngine engine = EmbeddedEngine.of(plans.to(target)).withMeters(registry);
        source.beforePoll((partition, position, wait) -> {
            shown.add(gauge(registry, WINDOWS).value());
            spilled.add(gauge(registry, "penstock.state.spilled.keys").value());
        });
        Waiting.stopWhen(
                engine,
                () -> !shown.isEmpty()
                        && target.committed().size() == 3 * SENSORS
                        && gauge(registry, WINDOWS).value() == expected);
        engine.run();
        assertThat(spilled).as("keys on disk").anyMatch(keys -> keys > SENSORS / 10.0);
    }

    @Test
    void countsNoneWhenAllHaveClosed() {
        source.with("a", 2 * LENGTH);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        List<Gauge> gauges = new ArrayList<>();
        source.beforePoll((partition, position, wait) -> gauges.add(gauge(registry, WINDOWS)));
        EmbeddedEngine.of(plans(1, ROOM).to(target)).withMeters(registry).run();

        assertThat(target.committed()).hasSize(2 * SENSORS);
        assertThat(gauges.get(0).value()).isZero();
    }

    private static Gauge gauge(SimpleMeterRegistry registry, String name) {
        return registry.get(name).tag("step", "sums").gauge();
    }
}
