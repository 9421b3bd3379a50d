package dev.penstock.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.embedded.RunReport.Ending;
import dev.penstock.engine.embedded.testing.MemoryTarget;
import dev.penstock.engine.embedded.testing.NumbersSource;
import dev.penstock.engine.embedded.testing.Plans;
import dev.penstock.engine.embedded.testing.Readings;
import dev.penstock.engine.embedded.testing.WindowSums;
import dev.penstock.spi.data.Row;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many more keys than there is memory for, on the real engine. */
final class SpilledStateTest {
    private static final int SENSORS = 20_000;
    private static final long LENGTH = 50_000;
    private static final long SIZE = 145_000;
    private static final long ROOM = 1 << 19;

    private final NumbersSource source = new NumbersSource();
    private final MemoryTarget target = new MemoryTarget();
    private final AtomicLong mostSpilled = new AtomicLong();

    @TempDir
    private Path directory;

    /** The sums of all numbers, by sensor and window. */
    private static Map<String, Long> expected() {
        Map<String, Long> sums = new HashMap<>();
        for (long number = 0; number < SIZE; number++) {
            sums.merge("sensor-" + number % SENSORS + "@" + number / LENGTH * LENGTH, number, Long::sum);
        }
        return sums;
    }

    private Map<String, Long> found() {
        Map<String, Long> sums = new HashMap<>();
        for (Row row : target.committed()) {
            Long before = sums.put(row.get("sensor") + "@" + row.get("time"), (Long) row.get("value"));
            assertThat(before).as("another sum of the window of %s", row).isNull();
        }
        return sums;
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "3, 1"})
    void sumsAreRightThoughMostKeysAreOnDiskAlsoAfterRescaling(int workers, int workersLater) {
        source.with("a", SIZE);
        Ending stopped = run(plans(workers).state(directory), true);
        Ending done = run(plans(workersLater).state(directory), false);

        assertThat(List.of(stopped, done)).containsExactly(Ending.STOPPED, Ending.DONE);
        assertThat(found()).isEqualTo(expected());
        assertThat(mostSpilled.get()).as("keys on disk").isGreaterThan(5_000);
    }

    @Test
    void sumsAreRightWithoutAPlaceForState() {
        source.with("a", SIZE);
        assertThat(run(plans(2), false)).isEqualTo(Ending.DONE);
        assertThat(found()).isEqualTo(expected());
        assertThat(mostSpilled.get()).as("keys on disk").isGreaterThan(5_000);
    }

    private Plans plans(int workers) {
        return Plans.from(source)
                .workers(workers)
                .interval(Duration.ofMillis(50))
                .stateMemory(ROOM)
                .function("readings", new Readings(SENSORS, 0))
                .keyed(WindowSums.of("sums", LENGTH, 0));
    }

    /** Runs to the end, or until the first windows are over. */
    private Ending run(Plans plans, boolean stops) {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        EmbeddedEngine engine = EmbeddedEngine.of(plans.to(target)).withMeters(registry);
        source.beforePoll((partition, position, wait) -> mostSpilled.accumulateAndGet(spilled(registry), Math::max));
        target.beforeWrite(batch -> {
            if (stops) {
                engine.stop();
            }
        });
        return engine.run().ending();
    }

    private static long spilled(SimpleMeterRegistry registry) {
        return (long) registry.get("penstock.state.spilled.keys").gauge().value();
    }
}
