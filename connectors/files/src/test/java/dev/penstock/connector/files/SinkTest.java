package dev.penstock.connector.files;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkCommitter.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Part files, epoch by epoch. */
final class SinkTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void showsNothingBeforeTheCommit() throws IOException {
        try (Writing writing = Writing.of(directory, "path", "out")) {
            List<Prepared> handles = writing.prepare(1, "one", "two");
            assertThat(Writing.visible(directory.resolve("out"))).isEmpty();
            assertThat(writing.commit(handles)).containsExactly(Outcome.COMMITTED);
            assertThat(Writing.text(directory.resolve("out"))).isEqualTo("one\ntwo\n");
        }
    }

    @Test
    void leavesNothingOfAnEmptyEpoch() throws IOException {
        try (Writing writing = Writing.of(directory, "path", "out")) {
            assertThat(writing.prepare(1)).isEmpty();
            assertThat(Writing.staged(directory)).isEmpty();
        }
    }

    @Test
    void answersAlreadyCommittedToARepeatedCommit() throws IOException {
        try (Writing writing = Writing.of(directory, "path", "out")) {
            List<Prepared> handles = writing.prepare(1, "one");
            writing.commit(handles);
            assertThat(writing.commit(handles)).containsExactly(Outcome.ALREADY_COMMITTED);
        }
    }

    @Test
    void knowsACommittedPartThatItsReaderHasTakenAway() throws IOException {
        try (Writing writing = Writing.of(directory, "path", "out")) {
            List<Prepared> handles = writing.prepare(1, "one");
            writing.commit(handles);
            Files.delete(Writing.visible(directory.resolve("out")).get(0));
            assertThat(writing.commit(handles)).containsExactly(Outcome.ALREADY_COMMITTED);
        }
    }

    @Test
    void saysThatAPartThatVanishedBeforeItsCommitIsLost() throws IOException {
        try (Writing writing = Writing.of(directory, "path", "out")) {
            List<Prepared> handles = writing.prepare(1, "one");
            Files.delete(Writing.staged(directory).get(0));
            assertThat(writing.commit(handles)).containsExactly(Outcome.LOST);
        }
    }
}
