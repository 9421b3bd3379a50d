package dev.penstock.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.format.records.Compression;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Packed files. */
final class PackedTest {
    private static final List<String> LINES = IntStream.range(0, 5_000)
            .mapToObj(i -> i + " " + new Random(i).nextLong())
            .toList();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private static byte[] pack(Compression packing, List<String> lines) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = packing.pack(bytes)) {
            for (String line : lines) {
                out.write((line + "\n").getBytes(UTF_8));
            }
        }
        return bytes.toByteArray();
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void knowsThePackingByTheFirstBytes(Compression packing) throws IOException {
        Files.write(directory.resolve("data"), pack(packing, LINES));
        assertThat(Reading.of(directory, "path", "data").records).isEqualTo(LINES);
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void readsSeveralPackedPiecesAsOne(Compression packing) throws IOException {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(pack(packing, LINES.subList(0, 2_500)));
        both.writeBytes(pack(packing, LINES.subList(2_500, 5_000)));
        Files.write(directory.resolve("data" + packing.suffix()), both.toByteArray());
        assertThat(Reading.of(directory, "path", ".").records).isEqualTo(LINES);
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void readsOnWhenAPieceWasAppended(Compression packing) throws IOException {
        Path file = directory.resolve("data");
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(pack(packing, LINES.subList(0, 2_500)));
        Files.write(file, both.toByteArray());
        Reading first = Reading.of(directory, "path", "data");
        both.writeBytes(pack(packing, LINES.subList(2_500, 5_000)));
        Files.write(file, both.toByteArray());
        assertThat(first.next().records).isEqualTo(LINES.subList(2_500, 5_000));
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void givesWhatComesBeforeTheCutOfATruncatedFileAndReportsTheCut(Compression packing) throws IOException {
        byte[] whole = pack(packing, LINES);
        Path file = directory.resolve("data" + packing.suffix());
        Files.write(file, Arrays.copyOf(whole, whole.length - 20_000));
        Reading first = Reading.of(directory, "path", ".");
        assertThat(first.records).isEqualTo(LINES.subList(0, first.records.size()));
        assertThat(first.bad)
                .singleElement()
                .satisfies(bad -> assertThat(bad.cause()).contains("ends in the middle of its packed data"));
        Files.write(file, whole);
        Reading next = first.next();
        assertThat(next.records).isEqualTo(LINES.subList(first.records.size(), LINES.size()));
        assertThat(next.bad).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void reportsAFileThatIsNotPackedAsItsNameSays(Compression packing) throws IOException {
        Files.writeString(directory.resolve("a" + packing.suffix()), "just some text, much more than a header\n");
        Files.writeString(directory.resolve("b.txt"), "neighbour\n");
        Reading reading = Reading.of(directory, "path", ".");
        assertThat(reading.bad)
                .singleElement()
                .satisfies(bad -> assertThat(bad.cause()).startsWith("Cannot unpack 'a" + packing.suffix() + "'"));
        assertThat(reading.records).containsExactly("neighbour");
    }

    @Test
    void readsAnEmptyFileWithAPackedName() throws IOException {
        Files.createFile(directory.resolve("a.gz"));
        Reading reading = Reading.of(directory, "path", ".");
        assertThat(reading.records).isEmpty();
        assertThat(reading.bad).isEmpty();
    }
}
