package dev.penstock.engine.embedded.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.operator.EventTime;
import dev.penstock.spi.data.Row;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A pipeline that sums numbers by sensor and window, and what must come of it. */
public final class SumsPipeline {
    /** How many sensors there are. */
    public static final int SENSORS = 7;

    /** The length of windows. */
    public static final long LENGTH = 500;

    /** How far times go back and forth. */
    public static final int JITTER = 50;

    /** The times of readings, none of which is late. */
    public static final EventTime TIME = WindowSums.time(JITTER, Duration.ofHours(1));

    private SumsPipeline() {}

    /** The steps up to the sums, with state in {@code state}. */
    public static Plans of(NumbersSource source, Path state, int workers) {
        return Plans.from(source)
                .state(state)
                .workers(workers)
                .function("readings", new Readings(SENSORS, JITTER))
                .keyed(new WindowSums("sums", 1, LENGTH, Optional.of(TIME)));
    }

    /** The sums of the numbers below {@code size} in each of {@code partitions}, by sensor and start of the window. */
    public static Map<String, Long> expected(long length, long size, String... partitions) {
        Map<String, Long> sums = new TreeMap<>();
        Readings readings = new Readings(SENSORS, JITTER);
        for (String partition : partitions) {
            for (long number = 0; number < size; number++) {
                long start = Math.floorDiv(readings.time(number, partition), length) * length;
                sums.merge("sensor-" + number % SENSORS + "@" + start, number, Long::sum);
            }
        }
        return sums;
    }

    /** The sums in {@code rows}, each of which must be there once. */
    public static Map<String, Long> sums(List<Row> rows) {
        Map<String, Long> sums = new TreeMap<>();
        for (Row row : rows) {
            String window = row.get("sensor") + "@" + row.get("time");
            assertThat(sums.put(window, (Long) row.get("value")))
                    .as("window %s comes once", window)
                    .isNull();
        }
        return sums;
    }
}
