package dev.penstock.cli.end;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps with memory in pipeline files, from the command line, on real files. */
class RowStepsIT {
    @TempDir
    Path directory;

    private void write(String file, String... lines) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, String.join("\n", lines) + "\n");
    }

    private Distribution.Ended run() {
        Distribution.Ended run = Distribution.run(directory, "run", "pipeline.yaml");
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private static String at(int second) {
        return String.format("2026-01-01T00:%02d:%02dZ", second / 60, second % 60);
    }

    private static String reading(int number) {
        return "{\"sensor\":\"s" + number % 7 + "\",\"at\":\"" + at(number / 10) + "\",\"value\":" + number + "}";
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aggregatesWindowsOfTime(int workers) throws IOException {
        write("pipeline.yaml", """
                pipeline: sums
                checkpoint: { interval: 100ms, state: ./state }
                runtime: { workers: %d, batch-rows: 50 }
                source:
                  connector: files
                  path: ./in
                  format: ndjson
                  columns: { sensor: string, at: timestamp, value: int64 }
                transforms:
                  - aggregate:
                      key: [sensor]
                      time: at
                      tumbling: 1m
                      columns: { n: count(), total: sum(value) }
                sinks:
                  - { connector: files, path: ./out, format: ndjson }
                  - { connector: files, name: late, path: ./late, format: ndjson, from: aggregate.late }
                """.formatted(workers));
        write("in/a", IntStream.range(0, 3_000).mapToObj(RowStepsIT::reading).toArray(String[]::new));
        write("in/b", reading(5), reading(2_999), reading(6));
        run();
        assertThat(Rows.read(directory.resolve("late"))).containsExactly(reading(6));
        assertThat(Rows.read(directory.resolve("out"))).hasSize(5 * 7).contains(total(0, 0), total(3, 4));
    }

    /** What a loop makes of the first file and of what is not late in the second. */
    private static String total(int sensor, int minute) {
        var values = IntStream.concat(IntStream.range(0, 3_000), IntStream.of(5, 2_999))
                .filter(number -> number % 7 == sensor && number / 600 == minute)
                .summaryStatistics();
        return "{\"sensor\":\"s" + sensor + "\",\"window_start\":\"" + at(minute * 60) + "\",\"window_end\":\""
                + at(minute * 60 + 60) + "\",\"n\":" + values.getCount() + ",\"total\":" + values.getSum() + "}";
    }

    @Test
    void joinsTwoSourcesAfterLeavingDoublesOut() throws IOException {
        write("pipeline.yaml", """
                pipeline: paid
                checkpoint: { state: ./state }
                sources:
                  - connector: files
                    name: orders
                    path: ./orders
                    format: ndjson
                    columns: { id: int64, at: timestamp, item: string }
                  - connector: files
                    name: payments
                    path: ./payments
                    format: ndjson
                    columns: { id: int64, at: timestamp, amount: float64 }
                transforms:
                  - deduplicate: { key: [id], within: 1h, time: at }
                    name: once
                    from: payments
                  - join: { key: [id], time: at, tumbling: 1h, missing: keep }
                    from: [orders, once]
                sink: { connector: files, path: ./out, format: ndjson }
                """);
        write("orders/o", order(1, "pen"), order(2, "ink"));
        write("payments/p", payment(1, 2.5), payment(1, 2.5));
        run();
        assertThat(Rows.read(directory.resolve("out")).stream()
                        .map(line -> line.replaceAll("\"window_\\w+\":\"[^\"]*\",", ""))
                        .collect(Collectors.toList()))
                .containsExactly(
                        "{\"id\":1,\"item\":\"pen\",\"amount\":2.5}", "{\"id\":2,\"item\":\"ink\",\"amount\":null}");
    }

    private static String order(int id, String item) {
        return "{\"id\":" + id + ",\"at\":\"" + at(id) + "\",\"item\":\"" + item + "\"}";
    }

    private static String payment(int id, double amount) {
        return "{\"id\":" + id + ",\"at\":\"" + at(id) + "\",\"amount\":" + amount + "}";
    }

    @Test
    void namesTheLineOfAnAggregateThatDoesNotFit() throws IOException {
        write("pipeline.yaml", """
                pipeline: wrong
                source: { connector: files, path: ./in, format: ndjson, columns: { sensor: string, value: int64 } }
                transforms:
                  - aggregate: { key: [sensor], columns: { total: sum(valeu), name: avg(sensor) } }
                sink: { connector: files, path: ./out, format: ndjson }
                """);
        write("in/a", "{\"sensor\":\"s\",\"value\":1}");
        Distribution.Ended run = Distribution.run(directory, "run", "pipeline.yaml");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("pipeline.yaml:4: transforms.0.aggregate.columns.total: 'valeu' is not a column; did you mean"
                        + " 'value'?")
                .contains("avg cannot be made of column 'sensor', which is string");
    }
}
