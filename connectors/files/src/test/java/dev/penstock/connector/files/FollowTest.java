package dev.penstock.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.format.records.Compression;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Operation;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files that grow while they are read. */
final class FollowTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final List<AutoCloseable> open = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private Path file;

    @BeforeEach
    void writeFile() throws IOException {
        file = Files.writeString(directory.resolve("a.log"), "one\n");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : open) {
            one.close();
        }
    }

    private SourcePartition reader(Object... more) {
        Object[] settings = new Object[4 + more.length];
        System.arraycopy(new Object[] {"path", ".", "follow", true}, 0, settings, 0, 4);
        System.arraycopy(more, 0, settings, 4, more.length);
        FilesSource source = Reading.open(directory, settings);
        open.add(source);
        Partition partition = source.discover(Duration.ZERO).partitions().get(0);
        assertThat(partition.bounded()).isFalse();
        SourcePartition reader = source.partition(partition, Optional.empty());
        open.add(reader);
        return reader;
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.APPEND);
    }

    private static Poll poll(SourcePartition reader) {
        return reader.poll(100, 1 << 20, Duration.ofMillis(10));
    }

    private static List<String> records(SourcePartition reader) {
        List<String> records = new ArrayList<>();
        Poll poll = poll(reader);
        while (poll instanceof Poll.Rows rows) {
            records.addAll(Reading.texts(rows.rows()));
            poll = poll(reader);
        }
        return records;
    }

    @Test
    void givesLinesAsTheyAreAppended() throws IOException {
        SourcePartition reader = reader();
        assertThat(records(reader)).containsExactly("one");
        append("two\nthr");
        assertThat(records(reader)).containsExactly("two");
        append("ee\n");
        assertThat(records(reader)).containsExactly("three");
    }

    @Test
    void waitsLongerEachTimeThereIsNothing() {
        SourcePartition reader = reader();
        records(reader);
        Duration first = ((Poll.Idle) poll(reader)).retryAfter();
        for (int i = 0; i < 20; i++) {
            poll(reader);
        }
        Duration later = ((Poll.Idle) poll(reader)).retryAfter();
        assertThat(first).isLessThan(Duration.ofMillis(100));
        assertThat(later).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void findsFilesThatAppear() throws IOException {
        FilesSource source = Reading.open(directory, "path", "new", "follow", true);
        open.add(source);
        assertThat(source.discover(Duration.ZERO).partitions()).isEmpty();
        assertThat(source.discover(Duration.ZERO).complete()).isFalse();
        Files.createDirectory(directory.resolve("new"));
        Files.writeString(directory.resolve("new/b.log"), "two\n");
        assertThat(source.discover(Duration.ZERO).partitions())
                .containsExactly(new Partition("b.log", "b.log".getBytes(UTF_8), false));
    }

    @Test
    void endsWithTheLastLineWhenTheFileIsGone() throws IOException {
        SourcePartition reader = reader();
        records(reader);
        append("two");
        assertThat(records(reader)).isEmpty();
        Files.delete(file);
        assertThat(records(reader)).containsExactly("two");
        assertThat(poll(reader)).isInstanceOf(Poll.End.class);
    }

    @Test
    void refusesAFileThatWasTruncated() throws IOException {
        SourcePartition reader = reader();
        records(reader);
        Files.writeString(file, "x");
        assertThatThrownBy(() -> poll(reader)).isInstanceOf(ResumeLostException.class);
    }

    @Test
    void readsANewFileUnderTheNameIfToldTo() throws IOException {
        SourcePartition reader = reader("when-changed", "restart");
        records(reader);
        append("two\n");
        Files.move(file, directory.resolve("a.log.1"));
        Files.writeString(file, "three\n");
        assertThat(records(reader)).containsExactly("two");
        assertThat(records(reader)).containsExactly("three");
    }

    @ParameterizedTest
    @EnumSource(names = {"GZIP", "ZSTD"})
    void readsPackedPiecesAsTheyAreAppended(Compression packing) throws IOException {
        byte[] two = pack(packing, "two\n");
        Files.write(file, pack(packing, "one\n"));
        SourcePartition reader = reader();
        assertThat(records(reader)).containsExactly("one");
        Files.write(file, Arrays.copyOf(two, two.length - 1), StandardOpenOption.APPEND);
        Poll half = poll(reader);
        for (int i = 0; i < 5; i++) {
            assertThat(half instanceof Poll.Rows rows ? rows.bad() : List.of()).isEmpty();
            half = poll(reader);
        }
        Files.write(file, Arrays.copyOfRange(two, two.length - 1, two.length), StandardOpenOption.APPEND);
        Files.write(file, pack(packing, "three\n"), StandardOpenOption.APPEND);
        List<String> rest = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            rest.addAll(records(reader));
        }
        assertThat(rest).endsWith("three");
        assertThat(reader.poll(1, 1, Duration.ZERO)).isInstanceOf(Poll.Idle.class);
    }

    private static byte[] pack(Compression packing, String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = packing.pack(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void givesDocumentsAsTheyChange() throws IOException {
        SourcePartition reader = reader("framing", "document");
        assertThat(operation(poll(reader))).isEqualTo(Operation.READ);
        assertThat(poll(reader)).isInstanceOf(Poll.Idle.class);
        append("two");
        assertThat(operation(poll(reader))).isEqualTo(Operation.UPDATE);
        Files.delete(file);
        assertThat(operation(poll(reader))).isEqualTo(Operation.DELETE);
        assertThat(poll(reader)).isInstanceOf(Poll.End.class);
    }

    private static Operation operation(Poll poll) {
        return ((Poll.Rows) poll).rows().operation(0);
    }
}
