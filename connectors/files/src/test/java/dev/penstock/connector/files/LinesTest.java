package dev.penstock.connector.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.BadRow;
import dev.penstock.spi.ResumeLostException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines of plain files. */
final class LinesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Path write(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content);
    }

    private Reading read() {
        return Reading.of(directory, "path", "a.txt");
    }

    @Test
    void givesEachLineWithoutItsEnd() throws IOException {
        write("a.txt", "one\ntwo\r\nthree\n");
        assertThat(read().records).containsExactly("one", "two", "three");
    }

    @Test
    void keepsEmptyLines() throws IOException {
        write("a.txt", "\none\n\n\r\ntwo\n");
        assertThat(read().records).containsExactly("", "one", "", "", "two");
    }

    @Test
    void givesTheLastLineThatHasNoEnd() throws IOException {
        write("a.txt", "one\ntwo");
        assertThat(read().records).containsExactly("one", "two");
    }

    @Test
    void endsAtOnceOnAnEmptyFile() throws IOException {
        write("a.txt", "");
        Reading reading = read();
        assertThat(reading.records).isEmpty();
        assertThat(reading.states).containsOnlyKeys("a.txt");
    }

    @Test
    void passesOverAByteOrderMark() throws IOException {
        write("a.txt", "\ufeffone\n\ufefftwo\n");
        assertThat(read().records).containsExactly("one", "\ufefftwo");
    }

    @Test
    void saysAtWhichByteEachLineStarts() throws IOException {
        write("a.txt", "\ufeffone\r\n\ntwo\nthree");
        assertThat(read().positions).containsExactly("a.txt byte 3", "a.txt byte 8", "a.txt byte 9", "a.txt byte 13");
    }

    @Test
    void readsOnlyNewLinesInALaterRun() throws IOException {
        write("a.txt", "one\ntwo\n");
        Reading first = read();
        write("a.txt", "one\ntwo\nthree\n");
        assertThat(first.next().records).containsExactly("three");
    }

    @Test
    void forgetsAnOpenLineOnceItsEndHasCome() throws IOException {
        write("a.txt", "one");
        Reading first = read();
        write("a.txt", "one\n");
        Reading second = first.next();
        write("a.txt", "one\ntwo\n");
        assertThat(second.next().records).containsExactly("two");
    }

    @Test
    void takesTheEndOfALineThatCameAfterTheLine() throws IOException {
        write("a.txt", "one\ntwo");
        Reading first = read();
        write("a.txt", "one\ntwo\r\nthree\n");
        assertThat(first.next().records).containsExactly("three");
    }

    @Test
    void reportsTheRestOfALineThatWasReadWhileItWasWritten() throws IOException {
        write("a.txt", "one\ntw");
        Reading first = read();
        write("a.txt", "one\ntwo\nthree\n");
        Reading next = first.next();
        assertThat(next.records).containsExactly("three");
        assertThat(next.bad).singleElement().satisfies(bad -> {
            assertThat(bad.position()).isEqualTo("byte 6");
            assertThat(bad.bytes().toArray()).asString().isEqualTo("o");
        });
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        write("a.txt", "one\ntwo\n");
        Reading first = read();
        write("a.txt", "one\n");
        assertThatThrownBy(first::next)
                .isInstanceOf(ResumeLostException.class)
                .hasMessage("Cannot resume partition 'a.txt' at byte 8: the file now ends at byte 4; restore the file,"
                        + " set when-changed: restart to read it from its start, or reset the state of this step");
    }

    @Test
    void refusesAReplacedFile() throws IOException {
        write("a.txt", "one\ntwo\n");
        Reading first = read();
        write("a.txt", "uno\ndos\ntres\n");
        assertThatThrownBy(first::next)
                .isInstanceOf(ResumeLostException.class)
                .hasMessageContaining("the file now starts with other bytes");
    }

    @Test
    void refusesAFileThatWasChangedFarFromItsStart() throws IOException {
        String head = "x".repeat(5000) + "\n";
        write("a.txt", head + "one\n");
        Reading first = read();
        write("a.txt", head + "two\nthree\n");
        assertThatThrownBy(first::next)
                .isInstanceOf(ResumeLostException.class)
                .hasMessageContaining("the bytes before that place are not those that were read");
    }

    @Test
    void readsAChangedFileAnewIfToldTo() throws IOException {
        write("a.txt", "one\ntwo\n");
        Reading first = Reading.of(directory, "path", "a.txt", "when-changed", "restart");
        write("a.txt", "uno\n");
        assertThat(first.next().records).containsExactly("uno");
    }

    @Test
    void acceptsACopyOfTheFileUnderItsName() throws IOException {
        Path file = write("a.txt", "one\n");
        Reading first = read();
        Files.delete(file);
        write("a.txt", "one\ntwo\n");
        assertThat(first.next().records).containsExactly("two");
    }

    @Test
    void endsWithoutRowsWhenAFileThatWasReadToItsEndIsGone() throws IOException {
        write("a.txt", "one\n");
        write("b.txt", "two\n");
        Reading first = Reading.of(directory, "path", ".");
        Files.delete(directory.resolve("a.txt"));
        Reading next = first.next();
        assertThat(next.records).isEmpty();
        assertThat(next.states).containsOnlyKeys("b.txt");
    }

    @Test
    void reportsALineThatIsTooLongAndReadsItsNeighbours() throws IOException {
        write("a.txt", "one\n" + "x".repeat(17) + "\n" + "y".repeat(16) + "\nlast");
        Reading reading = Reading.of(directory, "path", "a.txt", "max-record-bytes", 16);
        assertThat(reading.records).containsExactly("one", "y".repeat(16), "last");
        assertThat(reading.bad).singleElement().satisfies(bad -> {
            assertThat(bad.partition()).isEqualTo("a.txt");
            assertThat(bad.position()).isEqualTo("byte 4");
            assertThat(bad.cause()).contains("longer than 16 bytes");
        });
    }

    @Test
    void passesOverALineOfAHundredMegabytesInBoundedMemory() throws IOException {
        Path file = write("a.txt", "one\n");
        byte[] piece = "x".repeat(1 << 20).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            for (int i = 0; i < 100; i++) {
                out.write(piece);
            }
            out.write("\nlast\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        Reading reading = read();
        assertThat(reading.records).containsExactly("one", "last");
        assertThat(reading.bad)
                .singleElement()
                .satisfies(bad -> assertThat(bad.bytes().length()).isEqualTo(BadRow.MAX_BYTES));
        assertThat(reading.largestBatch).isLessThan(32L << 20);
    }

    @Test
    void readsALineThatIsLargerThanABlock() throws IOException {
        String large = "x".repeat(3_000_000);
        write("a.txt", "one\n" + large + "\nlast\n");
        assertThat(read().records).containsExactly("one", large, "last");
    }
}
