package dev.penstock.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.format.records.Compression;
import dev.penstock.format.records.WholeRows;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are read as documents or as a whole. */
final class DocumentsTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private Path docs;

    @BeforeEach
    void makeDirectory() throws IOException {
        docs = Files.createDirectories(directory.resolve("docs/sub"));
    }

    private Reading read(Object... more) {
        Object[] settings = new Object[4 + more.length];
        System.arraycopy(new Object[] {"path", "docs", "framing", "document"}, 0, settings, 0, 4);
        System.arraycopy(more, 0, settings, 4, more.length);
        return Reading.of(directory, settings);
    }

    @Test
    void givesTextAndWhatIsKnownAboutIt() throws IOException {
        Path file = Files.writeString(docs.resolve("a.md"), "\ufeffGrüße\n");
        Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2026-01-02T03:04:05.678901234Z")));
        Row row = read().rows.get(0);
        assertThat(row.operation()).isEqualTo(Operation.READ);
        assertThat(row.get("path")).isEqualTo("sub/a.md");
        assertThat(row.get("text")).isEqualTo("Grüße\n");
        assertThat(row.get("size")).isEqualTo(11L);
        assertThat(row.get("modified")).isEqualTo(Instant.parse("2026-01-02T03:04:05.678901Z"));
        assertThat(row.get("sha256")).asString().hasSize(64);
    }

    @Test
    void saysNothingOfADocumentThatHasNotChanged() throws IOException {
        Files.writeString(docs.resolve("a.md"), "one");
        assertThat(read().next().rows).isEmpty();
    }

    @Test
    void saysNothingOfADocumentThatWasOnlyTouched() throws IOException {
        Path file = Files.writeString(docs.resolve("a.md"), "one");
        Reading first = read();
        Files.setLastModifiedTime(file, FileTime.fromMillis(0));
        assertThat(first.next().rows).isEmpty();
        assertThat(first.next().next().rows).isEmpty();
    }

    @Test
    void givesAnUpdateOfADocumentThatHasChanged() throws IOException {
        Files.writeString(docs.resolve("a.md"), "one");
        Reading first = read();
        Files.writeString(docs.resolve("a.md"), "another");
        assertThat(first.next().rows).singleElement().satisfies(row -> {
            assertThat(row.operation()).isEqualTo(Operation.UPDATE);
            assertThat(row.get("text")).isEqualTo("another");
        });
    }

    @Test
    void givesADeleteWithNothingButThePathOfADocumentThatIsGone() throws IOException {
        Files.writeString(docs.resolve("a.md"), "one");
        Files.writeString(docs.resolve("b.md"), "two");
        Reading first = read();
        Files.delete(docs.resolve("a.md"));
        Reading next = first.next();
        assertThat(next.rows)
                .containsExactly(Row.of(WholeRows.DOCUMENT, "sub/a.md", null, null, null, null)
                        .with(Operation.DELETE));
        assertThat(next.states).containsOnlyKeys("sub/b.md");
    }

    @Test
    void reportsADocumentThatIsNotUtf8OnceAndReadsItsNeighbours() throws IOException {
        Files.write(docs.resolve("a.md"), new byte[] {'a', (byte) 0xff, 'b'});
        Files.writeString(docs.resolve("b.md"), "two");
        Reading first = read();
        assertThat(first.bad).singleElement().satisfies(bad -> {
            assertThat(bad.partition()).isEqualTo("sub/a.md");
            assertThat(bad.bytes().toArray()).containsExactly('a', 0xff, 'b');
            assertThat(bad.cause()).startsWith("It is not UTF-8 text");
        });
        assertThat(first.rows).hasSize(1);
        assertThat(first.next().bad).isEmpty();
    }

    @Test
    void givesAnUpdateOfADocumentThatWasBadInBetween() throws IOException {
        Path file = Files.writeString(docs.resolve("a.md"), "one");
        Reading first = read();
        Files.write(file, new byte[] {(byte) 0xff});
        Reading bad = first.next();
        Files.writeString(file, "three");
        assertThat(bad.next().rows)
                .singleElement()
                .satisfies(row -> assertThat(row.operation()).isEqualTo(Operation.UPDATE));
    }

    @Test
    void reportsADocumentThatIsTooLarge() throws IOException {
        Files.writeString(docs.resolve("a.md"), "x".repeat(17));
        Files.writeString(docs.resolve("b.md"), "y".repeat(16));
        Reading reading = read("max-record-bytes", 16);
        assertThat(reading.rows).hasSize(1);
        assertThat(reading.bad)
                .singleElement()
                .satisfies(bad -> assertThat(bad.cause()).contains("longer than 16 bytes"));
    }

    @Test
    void unpacksADocument() throws IOException {
        try (OutputStream out = Compression.GZIP.pack(Files.newOutputStream(docs.resolve("a.md.gz")))) {
            out.write("one".getBytes(UTF_8));
        }
        Row row = read().rows.get(0);
        assertThat(row.get("text")).isEqualTo("one");
        assertThat(row.get("size")).isEqualTo(3L);
    }

    @Test
    void refusesToTakeAMissingDirectoryForDeletedDocuments() throws IOException {
        Files.writeString(docs.resolve("a.md"), "one");
        Reading first = read();
        Files.move(directory.resolve("docs"), directory.resolve("elsewhere"));
        assertThatThrownBy(first::next)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("it does not exist; create it or correct 'path'");
    }

    @Test
    void givesAWholeFileAsOneRecord() throws IOException {
        Files.writeString(docs.resolve("a.json"), "{\n}\n");
        Reading reading = Reading.of(directory, "path", "docs", "framing", "whole");
        assertThat(reading.records).containsExactly("{\n}\n");
        assertThat(reading.next().records).isEmpty();
    }

    @Test
    void refusesAWholeFileThatHasChanged() throws IOException {
        Files.writeString(docs.resolve("a.json"), "{}");
        Reading first = Reading.of(directory, "path", "docs", "framing", "whole");
        Files.writeString(docs.resolve("a.json"), "{1}");
        assertThatThrownBy(first::next).isInstanceOf(ResumeLostException.class);
    }

    @Test
    void readsAWholeFileAnewIfToldTo() throws IOException {
        Files.writeString(docs.resolve("a.json"), "{}");
        Reading first = Reading.of(directory, "path", "docs", "framing", "whole", "when-changed", "restart");
        Files.writeString(docs.resolve("a.json"), "{1}");
        assertThat(first.next().records).containsExactly("{1}");
    }

    @Test
    void refusesTheStateOfAnotherFraming() throws IOException {
        Files.writeString(docs.resolve("a.md"), "one\n");
        Reading first = read();
        assertThatThrownBy(() -> first.next("path", "docs", "framing", "lines"))
                .isInstanceOf(dev.penstock.spi.StateVersionException.class)
                .hasMessageContaining("it is of a file read as a document or as a whole");
    }
}
