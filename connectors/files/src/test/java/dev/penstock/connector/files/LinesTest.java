package dev.penstock.connector.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Test
    void givesEachLineWithoutItsEnd() throws IOException {
        write("a.txt", "one\ntwo\r\nthree\n");
        assertThat(Reading.of(directory, "path", "a.txt").records).containsExactly("one", "two", "three");
    }

    @Test
    void keepsEmptyLines() throws IOException {
        write("a.txt", "\none\n\n\r\ntwo\n");
        assertThat(Reading.of(directory, "path", "a.txt").records).containsExactly("", "one", "", "", "two");
    }

    @Test
    void givesTheLastLineThatHasNoEnd() throws IOException {
        write("a.txt", "one\ntwo");
        assertThat(Reading.of(directory, "path", "a.txt").records).containsExactly("one", "two");
    }

    @Test
    void endsAtOnceOnAnEmptyFile() throws IOException {
        write("a.txt", "");
        Reading reading = Reading.of(directory, "path", "a.txt");
        assertThat(reading.records).isEmpty();
        assertThat(reading.states).containsOnlyKeys("a.txt");
    }

    @Test
    void passesOverAByteOrderMark() throws IOException {
        write("a.txt", "\ufeffone\n\ufefftwo\n");
        assertThat(Reading.of(directory, "path", "a.txt").records).containsExactly("one", "\ufefftwo");
    }

    @Test
    void saysAtWhichByteEachLineStarts() throws IOException {
        write("a.txt", "\ufeffone\r\n\ntwo\nthree");
        assertThat(Reading.of(directory, "path", "a.txt").positions)
                .containsExactly("a.txt byte 3", "a.txt byte 8", "a.txt byte 9", "a.txt byte 13");
    }

    @Test
    void readsOnlyNewLinesInALaterRun() throws IOException {
        Path file = write("a.txt", "one\ntwo\n");
        Reading first = Reading.of(directory, "path", "a.txt");
        Files.writeString(file, "one\ntwo\nthree\n");
        assertThat(first.next().records).containsExactly("three");
    }
}
