package dev.penstock.connector.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.connector.files.AppendLog.Place;
import dev.penstock.spi.DataException;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkCommitter.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One file that grows by a commit at a time. */
final class SingleFileTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Path out() {
        return directory.resolve("dead.jsonl");
    }

    private Writing writing(long generation, long restored, Object... more) {
        Object[] settings = new Object[2 + more.length];
        System.arraycopy(new Object[] {"path", "dead.jsonl"}, 0, settings, 0, 2);
        System.arraycopy(more, 0, settings, 2, more.length);
        return Writing.later(directory, generation, 1, restored, settings);
    }

    @Test
    void growsByEachCommit() throws IOException {
        try (Writing writing = writing(1, -1)) {
            List<Prepared> handles = writing.prepare(1, "one");
            assertThat(out()).doesNotExist();
            assertThat(writing.commit(handles)).containsExactly(Outcome.COMMITTED);
            writing.commit(writing.prepare(2, "two"));
            assertThat(writing.commit(handles)).containsExactly(Outcome.ALREADY_COMMITTED);
        }
        assertThat(out()).hasContent("one\ntwo\n");
        assertThat(Writing.staged(directory)).isEmpty();
    }

    @Test
    void goesBehindWhatIsThereAlready() throws IOException {
        Files.writeString(out(), "zero\n");
        try (Writing writing = writing(1, -1)) {
            writing.commit(writing.prepare(1, "one"));
        }
        assertThat(out()).hasContent("zero\none\n");
    }

    @Test
    void writesTheSamePlaceAgainAfterACrashInTheMiddle() throws IOException {
        Files.writeString(out(), "zero\n");
        Writing first = writing(1, -1);
        Prepared handle = first.prepare(1, "one", "two").get(0);
        Path staging = Objects.requireNonNull(Writing.staged(directory).get(0).getParent());
        new AppendLog(staging, new CommitLog(staging)).begin(Map.of(handle, new Place(5, 13)));
        Files.writeString(out(), "one\nt", StandardOpenOption.APPEND);
        try (Writing second = writing(2, 1)) {
            assertThat(second.commit(List.of(handle))).containsExactly(Outcome.COMMITTED);
            second.commit(second.prepare(2, "three"));
        }
        assertThat(out()).hasContent("zero\none\ntwo\nthree\n");
    }

    @Test
    void writesTheSamePlacesWhenAGroupThatWasCutShortIsCommittedOneByOne() throws IOException {
        Files.writeString(out(), "zero\n");
        Writing first = writing(1, -1);
        Prepared one = first.prepare(1, "one").get(0);
        Prepared two = first.prepare(2, "two").get(0);
        Path staging = Objects.requireNonNull(Writing.staged(directory).get(0).getParent());
        new AppendLog(staging, new CommitLog(staging)).begin(Map.of(one, new Place(5, 9), two, new Place(9, 13)));
        Files.writeString(out(), "one\ntwo\n", StandardOpenOption.APPEND);
        try (Writing second = writing(2, 2)) {
            assertThat(second.commit(List.of(one))).containsExactly(Outcome.COMMITTED);
            assertThat(second.commit(List.of(two))).containsExactly(Outcome.COMMITTED);
            second.commit(second.prepare(3, "three"));
        }
        assertThat(out()).hasContent("zero\none\ntwo\nthree\n");
    }

    @Test
    void endsTheLastLineOfWhatIsThereAlready() throws IOException {
        Files.writeString(out(), "zero");
        try (Writing writing = writing(1, -1)) {
            writing.commit(writing.prepare(1, "one"));
            writing.commit(writing.prepare(2, "two"));
        }
        assertThat(Files.readString(out())).isEqualTo("zero\none\ntwo\n");
    }

    @Test
    void takesARowThatWasCutShortForNoForeignLine() throws IOException {
        Writing first = writing(1, -1);
        Prepared one = first.prepare(1, "one").get(0);
        Path staging = Objects.requireNonNull(Writing.staged(directory).get(0).getParent());
        new AppendLog(staging, new CommitLog(staging)).begin(Map.of(one, new Place(0, 4)));
        Files.writeString(out(), "on");
        try (Writing second = writing(2, 1)) {
            second.commit(List.of(one));
        }
        assertThat(Files.readString(out())).isEqualTo("one\n");
    }

    @Test
    void startsANewFileWhenItsReaderTookTheOldOneAway() throws IOException {
        try (Writing writing = writing(1, -1)) {
            writing.commit(writing.prepare(1, "one"));
            Files.delete(out());
            writing.commit(writing.prepare(2, "two"));
        }
        assertThat(out()).hasContent("two\n");
    }

    @Test
    void saysThatStagedRowsThatVanishedAreLost() throws IOException {
        try (Writing writing = writing(1, -1)) {
            List<Prepared> handles = writing.prepare(1, "one");
            Files.delete(Writing.staged(directory).get(0));
            assertThat(writing.commit(handles)).containsExactly(Outcome.LOST);
        }
    }

    @Test
    void writesTheCsvHeaderOnceAndRefusesAnother() throws IOException {
        try (Writing writing = writing(1, -1, "framing", "csv")) {
            csv(writing, 1, "id,name", "1,one");
            csv(writing, 2, "id,name", "2,two");
            assertThat(out()).hasContent("id,name\n1,one\n2,two\n");
            assertThatThrownBy(() -> csv(writing, 3, "id,amount", "3,3"))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("its header line names other columns");
        }
    }

    private static void csv(Writing writing, long epoch, String header, String record) {
        writing.writer(0).begin(new EpochId(writing.run, epoch));
        writing.writer(0).write(Writing.csv(header, record));
        writing.commit(writing.writer(0).prepare().stream().toList());
    }

    @Test
    void takesAPathForADirectoryIfItIsOneOrSaysSo() throws IOException {
        Files.createDirectory(directory.resolve("a.dir"));
        for (String path : List.of("a.dir", "b.dir/", "c", "release-1.2")) {
            try (Writing writing = Writing.of(directory, "path", path)) {
                writing.commit(writing.prepare(1, "one"));
            }
            assertThat(Writing.text(directory.resolve(path))).isEqualTo("one\n");
        }
    }

    @Test
    void packsAppendedPieces() throws IOException {
        try (Writing writing = Writing.of(directory, "path", "out/rows.csv.gz", "framing", "csv")) {
            csv(writing, 1, "id,name", "1,one");
            csv(writing, 2, "id,name", "2,two");
        }
        assertThat(Writing.text(directory.resolve("out"))).isEqualTo("id,name\n1,one\n2,two\n");
    }
}
