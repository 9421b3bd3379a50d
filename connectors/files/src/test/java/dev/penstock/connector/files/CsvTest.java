package dev.penstock.connector.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Csv records. */
final class CsvTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Reading read(String content) throws IOException {
        Files.writeString(directory.resolve("a.csv"), content);
        return Reading.of(directory, "path", "a.csv", "framing", "csv");
    }

    @Test
    void keepsTheHeaderOutOfTheRowsAndWithTheirOrigin() throws IOException {
        Reading reading = read("\ufeffid,name\r\n1,one\r\n2,two\r\n");
        assertThat(reading.records).containsExactly("1,one", "2,two");
        assertThat(reading.headers).containsOnly("id,name");
    }

    @Test
    void knowsTheHeaderWhenItResumesInTheMiddle() throws IOException {
        Reading first = read("id,name\n1,one\n");
        Files.writeString(directory.resolve("a.csv"), "id,name\n1,one\n2,two\n");
        Reading next = first.next();
        assertThat(next.records).containsExactly("2,two");
        assertThat(next.headers).containsOnly("id,name");
    }

    @Test
    void takesTheFirstLineForTheHeaderAlsoIfItComesInALaterRun() throws IOException {
        Reading first = read("\ufeff\n");
        Files.writeString(directory.resolve("a.csv"), "\ufeff\nid,name\n1,one\n");
        Reading next = first.next();
        assertThat(next.records).containsExactly("1,one");
        assertThat(next.headers).containsOnly("id,name");
    }

    @Test
    void keepsLineFeedsInsideQuotes() throws IOException {
        assertThat(read("id,name\n1,\"one\n\"\"two\"\"\n\"\n2,x\n").records)
                .containsExactly("1,\"one\n\"\"two\"\"\n\"", "2,x");
    }

    @Test
    void leavesOutEmptyLines() throws IOException {
        assertThat(read("id,name\n\n1,one\n\r\n2,two\n\n").records).containsExactly("1,one", "2,two");
    }

    @Test
    void takesAQuoteInsideAWordForACharacter() throws IOException {
        assertThat(read("id,name\n1,5\" pipe\n2,x\n3,a\"\"b\n4,y\n").records)
                .containsExactly("1,5\" pipe", "2,x", "3,a\"\"b", "4,y");
    }

    @Test
    void givesUpOnlyTheLineWhoseQuoteIsNeverClosed() throws IOException {
        Reading reading = read("id,name\n1,\"one\n2,two\n3,three");
        assertThat(reading.records).containsExactly("2,two", "3,three");
        assertThat(reading.bad).singleElement().satisfies(bad -> {
            assertThat(bad.position()).isEqualTo("byte 8");
            assertThat(bad.cause()).startsWith("A quote in this line is never closed");
        });
    }

    @Test
    void givesUpALineWithAnOpenQuoteOnceItIsLongerThanARecordMayBe() throws IOException {
        Files.writeString(directory.resolve("a.csv"), "id,name\n1,\"one\n" + "2,two\n".repeat(20));
        Reading reading = Reading.of(directory, "path", "a.csv", "framing", "csv", "max-record-bytes", 16);
        assertThat(reading.bad).hasSize(1);
        assertThat(reading.records).hasSize(20).containsOnly("2,two");
    }

    @Test
    void hasNoRowsIfThereIsOnlyAHeader() throws IOException {
        Reading first = read("id,name");
        assertThat(first.records).isEmpty();
        Files.writeString(directory.resolve("a.csv"), "id,name\n1,one\n");
        assertThat(first.next().records).containsExactly("1,one");
    }
}
