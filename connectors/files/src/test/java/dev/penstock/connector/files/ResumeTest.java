package dev.penstock.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.format.records.Compression;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From the state of every batch, exactly the rest is read (SP-02), whatever the batch and the packing. */
final class ResumeTest {
    private static final long SEED = 20261121;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    /** A batch, and where reading goes on after it. */
    private record Step(List<String> records, ResumeState after) {}

    @ParameterizedTest(name = "{0}, {1}, at most {2} rows")
    @CsvSource({
        "lines, NONE, 1", "lines, NONE, 7", "lines, NONE, 1024", "lines, GZIP, 7", "lines, ZSTD, 7",
        "csv, NONE, 1", "csv, NONE, 7", "csv, NONE, 1024", "csv, GZIP, 7", "csv, ZSTD, 7"
    })
    void readsExactlyTheRestFromEveryBatch(String framing, Compression packing, int maxRows) throws IOException {
        List<String> records = records(framing.equals("csv"), new Random(SEED + maxRows));
        Files.write(directory.resolve("data"), pack(records, packing));
        List<String> rows = framing.equals("csv") ? records.subList(1, records.size()) : records;
        try (FilesSource source = Reading.open(directory, "path", "data", "framing", framing)) {
            List<Step> steps = read(source, Optional.empty(), maxRows);
            assertThat(joined(steps)).isEqualTo(rows);
            int seen = 0;
            for (Step step : steps) {
                seen += step.records().size();
                List<Step> rest = read(source, Optional.of(step.after()), maxRows);
                assertThat(joined(rest)).isEqualTo(rows.subList(seen, rows.size()));
            }
        }
    }

    @Test
    void getsOnAlsoWhenNoPollMayWait() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            lines.add(i + "x".repeat(50_000));
        }
        Files.write(directory.resolve("data"), lines);
        List<String> records = new ArrayList<>();
        try (FilesSource source = Reading.open(directory, "path", "data");
                SourcePartition reader = source.partition(
                        source.discover(Duration.ZERO).partitions().get(0), Optional.empty())) {
            for (int polls = 0; polls < 200; polls++) {
                if (reader.poll(100, 1 << 20, Duration.ZERO) instanceof Poll.Rows rows) {
                    records.addAll(Reading.texts(rows.rows()));
                }
            }
        }
        assertThat(records).isEqualTo(lines);
    }

    private static List<String> joined(List<Step> steps) {
        return steps.stream().flatMap(step -> step.records().stream()).toList();
    }

    private static List<Step> read(FilesSource source, Optional<ResumeState> from, int maxRows) {
        Partition partition = source.discover(Duration.ZERO).partitions().get(0);
        List<Step> steps = new ArrayList<>();
        try (SourcePartition reader = source.partition(partition, from)) {
            Poll poll = reader.poll(maxRows, 300, Duration.ofSeconds(1));
            while (!(poll instanceof Poll.End)) {
                if (poll instanceof Poll.Rows rows) {
                    assertThat(rows.rows().rowCount()).isBetween(1, maxRows);
                    steps.add(new Step(Reading.texts(rows.rows()), rows.after()));
                }
                poll = reader.poll(maxRows, 300, Duration.ofSeconds(1));
            }
        }
        return steps;
    }

    private static List<String> records(boolean csv, Random random) {
        List<String> records = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            String text = "é".repeat(random.nextInt(40)) + random.nextInt(10);
            records.add(csv ? i + ",\"" + text + "\n\"\"" + text + "\"" : random.nextInt(9) == 0 ? "" : text);
        }
        return records;
    }

    private static byte[] pack(List<String> records, Compression packing) throws IOException {
        Random random = new Random(SEED);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = packing.pack(bytes)) {
            for (String record : records) {
                out.write((record + (random.nextBoolean() ? "\n" : "\r\n")).getBytes(UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
