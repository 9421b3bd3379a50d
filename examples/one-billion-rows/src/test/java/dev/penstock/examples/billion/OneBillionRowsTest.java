package dev.penstock.examples.billion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.flow.ItemSink;
import dev.penstock.flow.testing.FlowTester;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OneBillionRowsTest {
    @TempDir
    private Path directory;

    @Test
    void printsMinMeanAndMaxOfEachStationSortedByName() throws IOException {
        Path file = Files.writeString(
                directory.resolve("few.txt"), "Oslo;-3.5\nBern;10.0\nOslo;4.0\nBern;10.1\nAccra;26.4\nOslo;0.0");

        assertThat(OneBillionRows.summaries(file, 2))
                .isEqualTo("{Accra=26.4/26.4/26.4, Bern=10.0/10.1/10.1, Oslo=-3.5/0.2/4.0}");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void agreesWithASimpleLoopOverManyRows(int workers) throws IOException {
        Path file = directory.resolve("many.txt");
        MeasurementGenerator.write(200_000, file, 7);

        assertThat(OneBillionRows.summaries(file, workers)).isEqualTo(simply(file));
    }

    /** Names of all lengths, many of which begin alike, and all temperatures there are. */
    @Test
    void tellsNamesOfAnyLengthApart() throws IOException {
        Path file = directory.resolve("names.txt");
        StringBuilder lines = new StringBuilder();
        for (int tenths = -999; tenths <= 999; tenths++) {
            String name = "Å".repeat(Math.floorMod(tenths, 30)) + "n".repeat(Math.floorMod(tenths, 41));
            lines.append(name).append('x').append(';').append(tenths / 10.0).append('\n');
        }
        Files.writeString(file, lines);

        assertThat(OneBillionRows.summaries(file, 1)).isEqualTo(simply(file)).hasSizeGreaterThan(20_000);
    }

    /** What tells them apart is at their end, in their middle, or both. */
    @Test
    void tellsManyLongNamesApartThatBeginAlike() throws IOException {
        Path file = directory.resolve("long-names.txt");
        StringBuilder lines = new StringBuilder();
        for (int number = 0; number < 20_000; number++) {
            String end = number % 2 == 0 ? "" : " am Rande der Stadt";
            lines.append("Messstation Nord ")
                    .append(number % 10_000)
                    .append(end)
                    .append(";1.5\n");
        }
        Files.writeString(file, lines);

        assertThat(OneBillionRows.summaries(file, 2)).isEqualTo(simply(file));
        assertThat(StationTable.summarise(new Block(file, 0, lines.length()))).hasSize(10_000);
    }

    /** In the middle of others and at the end, where the memory has lines of an earlier block behind them. */
    @ParameterizedTest
    @ValueSource(strings = {"Bern;100.0", "Bern;12", "Bern;1", "Bern;1.0\r", "Bern;", "Bern", "", ";", "Bern;1.25"})
    void refusesLinesItCannotRead(String line) throws IOException {
        Path good = Files.writeString(directory.resolve("good.txt"), "Oslo;1.0\n".repeat(20));
        for (String rest : List.of("\nOslo;1.0\nA;2.0\n", "\n")) {
            StationTable.summarise(new Block(good, 0, Files.size(good)));
            String lines = "Oslo;-3.5\n" + line + rest;
            Path file = Files.writeString(directory.resolve("bad.txt"), lines);

            assertThatThrownBy(() -> StationTable.summarise(new Block(file, 0, lines.length())))
                    .isInstanceOf(FatalException.class)
                    .hasMessageContainingAll(
                            "'" + line.replace("\r", "\\r") + "'", "bad.txt", "between the bytes 0 and");
        }
    }

    private static String simply(Path file) throws IOException {
        Map<String, Summary> results = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] parts = line.split(";", 2);
            int tenths = Integer.parseInt(parts[1].replace(".", ""));
            results.merge(parts[0], new Summary(parts[0], tenths, tenths, tenths, 1), Summary::and);
        }
        return results.values().stream().map(Summary::toString).collect(Collectors.joining(", ", "{", "}"));
    }

    /** Whatever the ranges are, each line is read once and whole. */
    @ParameterizedTest
    @ValueSource(longs = {1, 7, 16, 100, 1_000_000})
    void readsEachLineOnceInRangesOfAnySize(long rangeBytes) throws IOException {
        Path file = directory.resolve("lines.txt");
        MeasurementGenerator.write(100, file, 3);
        try (BlockSource.Opened source = new BlockSource.Opened(file, rangeBytes)) {
            StringBuilder read = new StringBuilder();
            for (Partition partition : source.discover(Duration.ZERO).partitions()) {
                blocks(source, partition, Optional.empty()).forEach(read::append);
            }
            assertThat(read.toString()).isEqualTo(Files.readString(file));
        }
    }

    @Test
    void goesOnBehindABlock() throws IOException {
        Path file = directory.resolve("large.txt");
        MeasurementGenerator.write(200_000, file, 3);
        try (BlockSource.Opened source = new BlockSource.Opened(file, 64L << 20)) {
            Partition only = source.discover(Duration.ZERO).partitions().get(0);
            List<String> all = blocks(source, only, Optional.empty());
            assertThat(all).hasSizeGreaterThan(2);
            try (SourcePartition reader = source.partition(only, Optional.empty())) {
                Poll.Rows first = (Poll.Rows) reader.poll(1, 1, Duration.ZERO);
                assertThat(blocks(source, only, Optional.of(first.after()))).isEqualTo(all.subList(1, all.size()));
            }
        }
    }

    private static List<String> blocks(BlockSource.Opened source, Partition partition, Optional<ResumeState> from) {
        List<String> blocks = new ArrayList<>();
        try (SourcePartition reader = source.partition(partition, from)) {
            while (reader.poll(1, 1, Duration.ZERO) instanceof Poll.Rows rows) {
                Block block = (Block) ItemSink.items(rows.rows()).get(0);
                Block.Lines lines = block.read();
                blocks.add(new String(lines.bytes(), 0, lines.length(), StandardCharsets.UTF_8));
            }
        }
        return blocks;
    }

    @Test
    void givesTheSameInEveryWay() throws IOException {
        String lines = "Oslo;1.0\nBern;2.0\nBern;4.0\nOslo;-1.0\nBern;0.3\n";
        Path file = Files.writeString(directory.resolve("blocks.txt"), lines);
        List<Block> blocks = LongStream.range(0, lines.length())
                .filter(offset -> offset % 12 == 0)
                .mapToObj(offset -> new Block(file, offset, offset + 12))
                .toList();

        FlowTester.of(bed -> OneBillionRows.flow(bed.source("blocks", blocks), bed.sink("out", Summary::station)))
                .everyWay();
    }
}
