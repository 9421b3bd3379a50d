package dev.penstock.engine.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.embedded.RunReport.Ending;
import dev.penstock.engine.embedded.testing.MemoryTarget;
import dev.penstock.engine.embedded.testing.NumbersSource;
import dev.penstock.engine.embedded.testing.Plans;
import dev.penstock.engine.embedded.testing.Readings;
import dev.penstock.engine.embedded.testing.WindowSums;
import dev.penstock.spi.data.Row;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps with memory on the real engine, with state in SQLite. */
final class KeyedPipelineTest {
    private static final int SENSORS = 7;
    private static final long LENGTH = 500;

    private final NumbersSource source = new NumbersSource();
    private final MemoryTarget target = new MemoryTarget();

    @TempDir
    private Path state;

    @AfterEach
    void leavesNothingOpen() {
        assertThat(source.open() + source.openSources() + target.openParts()).isZero();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("penstock-test"));
    }

    private Plans plan(int workers) {
        return Plans.from(source)
                .state(state)
                .workers(workers)
                .function("readings", new Readings(SENSORS, 50))
                .keyed(WindowSums.of("sums", LENGTH, 50));
    }

    /** What the sums of the numbers up to {@code size} of so many partitions are, by sensor and window. */
    private static Map<String, Long> expected(long size, String... partitions) {
        Map<String, Long> sums = new TreeMap<>();
        for (String partition : partitions) {
            for (long number = 0; number < size; number++) {
                long time = number - Math.floorMod(number * 31 + partition.hashCode(), 50);
                long start = Math.floorDiv(time, LENGTH) * LENGTH;
                sums.merge("sensor-" + number % SENSORS + "@" + start, number, Long::sum);
            }
        }
        return sums;
    }

    private Map<String, Long> found() {
        Map<String, Long> sums = new TreeMap<>();
        for (Row row : target.committed()) {
            String window = row.get("sensor") + "@" + row.get("time");
            assertThat(sums.put(window, (Long) row.get("value")))
                    .as("window %s comes once", window)
                    .isNull();
        }
        return sums;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void sumsByKeyAndWindowAreRightWithAnyNumberOfWorkers(int workers) {
        source.with("a", 10_000).with("b", 10_000).with("c", 10_000);

        RunReport report = EmbeddedEngine.of(plan(workers).to(target)).run();

        assertThat(report.ending()).isEqualTo(Ending.DONE);
        assertThat(found()).isEqualTo(expected(10_000, "a", "b", "c"));
    }
}
