package dev.penstock.engine.embedded.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.embedded.keyed.WindowRun.Reading;
import dev.penstock.spi.data.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Restarts with other numbers of workers, with timers pending and rows under way, change nothing of the results. */
final class RescaleTest {
    private static final int SEEDS = Integer.getInteger("penstock.seeds", 8);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"1", "1,1,1", "1,4", "4,1", "3,5,1", "2,7,3,1,4,2"})
    void givesWhatAnUninterruptedRunGives(String workers) throws InterruptedException {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            List<List<Reading>> partitions = readings(random);
            List<Row> delivered = new ArrayList<>();
            String[] counts = workers.split(",", -1);
            Path state = directory.resolve(workers + "-" + seed);
            for (int i = 0; i < counts.length; i++) {
                try (WindowRun run = new WindowRun(state, partitions, Integer.parseInt(counts[i]), random, delivered)) {
                    if (i < counts.length - 1) {
                        run.run(random.nextInt(400));
                    } else {
                        run.finish();
                        assertThat(run.keys()).as("keys left, seed %d", seed).isZero();
                    }
                }
            }
            assertThat(sorted(delivered))
                    .as("windows with %s workers, seed %d", workers, seed)
                    .isEqualTo(expected(partitions));
        }
    }

    /** A sensor's readings lie in several partitions, each only a little out of order. */
    private static List<List<Reading>> readings(Random random) {
        List<List<Reading>> partitions = new ArrayList<>();
        for (int partition = 0; partition < 3; partition++) {
            List<Reading> readings = new ArrayList<>();
            long time = random.nextInt(50);
            for (int i = 0; i < 60; i++) {
                time += random.nextInt(15);
                long jittered = Math.max(0, time - random.nextInt(20));
                readings.add(new Reading("s" + random.nextInt(7), jittered, random.nextInt(100)));
            }
            partitions.add(readings);
        }
        return partitions;
    }

    private static List<Row> expected(List<List<Reading>> partitions) {
        Map<String, Map<Long, Long>> sums = new TreeMap<>();
        for (List<Reading> partition : partitions) {
            for (Reading reading : partition) {
                long start = reading.time() / TumblingSum.LENGTH * TumblingSum.LENGTH;
                sums.computeIfAbsent(reading.sensor(), sensor -> new TreeMap<>())
                        .merge(start, reading.value(), Long::sum);
            }
        }
        List<Row> rows = new ArrayList<>();
        sums.forEach((sensor, windows) ->
                windows.forEach((start, sum) -> rows.add(Row.of(TumblingSum.OUTPUT, sensor, start, sum))));
        return rows;
    }

    private static List<Row> sorted(List<Row> rows) {
        return rows.stream()
                .sorted(Comparator.comparing((Row row) -> row.get("sensor", String.class))
                        .thenComparing(row -> row.get("start", Long.class)))
                .toList();
    }
}
