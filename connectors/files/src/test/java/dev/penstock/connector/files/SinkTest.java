package dev.penstock.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.SinkCommitter.Outcome;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.Row;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    @Test
    void rollsByRows() throws IOException {
        try (Writing writing = Writing.of(directory, "path", "out", "roll-rows", 2)) {
            writing.commit(writing.prepare(1, "one", "two", "three", "four", "five"));
            assertThat(Writing.visible(directory.resolve("out"))).hasSize(3);
            assertThat(Writing.text(directory.resolve("out"))).isEqualTo("one\ntwo\nthree\nfour\nfive\n");
        }
    }

    @Test
    void rollsBySize() throws IOException {
        try (Writing writing = Writing.of(directory, "path", "out", "roll-size", 8)) {
            writing.commit(writing.prepare(1, "1234", "5678", "9"));
            assertThat(Writing.visible(directory.resolve("out"))).hasSize(2);
        }
    }

    @ParameterizedTest
    @CsvSource({"gzip, .txt.gz", "zstd, .txt.zst", "none, .txt"})
    void packsPartsAndNamesThemSo(String packing, String suffix) throws IOException {
        try (Writing writing = Writing.of(directory, "path", "out", "compression", packing)) {
            writing.commit(writing.prepare(1, "one", "two"));
        }
        assertThat(Writing.visible(directory.resolve("out")))
                .singleElement()
                .asString()
                .endsWith(suffix);
        assertThat(Writing.text(directory.resolve("out"))).isEqualTo("one\ntwo\n");
    }

    @Test
    void beginsEachCsvFileWithTheHeader() throws IOException {
        try (Writing writing = Writing.of(directory, "path", "out", "framing", "csv", "roll-rows", 1)) {
            writing.writer(0).begin(new EpochId(writing.run, 1));
            writing.writer(0).write(Writing.csv("id,name", "1,one", "2,two"));
            writing.commit(writing.writer(0).prepare().stream().toList());
        }
        assertThat(Writing.visible(directory.resolve("out")))
                .hasSize(2)
                .allSatisfy(file -> assertThat(file).content().startsWith("id,name\n"));
    }

    @Test
    void writesEachWholeRecordToAFileOfItsOwn() throws IOException {
        try (Writing writing = Writing.of(directory, "path", "out", "framing", "whole", "extension", "json")) {
            writing.commit(writing.prepare(1, "{\n}", "{}"));
        }
        assertThat(Writing.visible(directory.resolve("out")))
                .hasSize(2)
                .first()
                .satisfies(file -> assertThat(file).hasContent("{\n}").hasExtension("json"));
    }

    @Test
    void rejectsRowsThatCannotStandInAFileAndTakesTheirNeighbours() throws IOException {
        BatchBuilder rows = new BatchBuilder(Writing.SCHEMA);
        rows.append(row("one"));
        rows.append(row("two\nlines"));
        rows.append(row("gone").with(Operation.DELETE));
        rows.append(row("changed").with(Operation.UPDATE));
        rows.append(row("found").with(Operation.READ));
        rows.column(0).appendNull();
        rows.endRow();
        try (Writing writing = Writing.of(directory, "path", "out")) {
            writing.writer(0).begin(new EpochId(writing.run, 1));
            WriteResult result = writing.writer(0).write(rows.build());
            assertThat(result.accepted()).isEqualTo(2);
            assertThat(result.rejected()).extracting(RejectedRow::index).containsExactly(1, 2, 3, 5);
            writing.commit(writing.writer(0).prepare().stream().toList());
        }
        assertThat(Writing.text(directory.resolve("out"))).isEqualTo("one\nfound\n");
    }

    private static Row row(String text) {
        return Row.of(Writing.SCHEMA, Bytes.copyOf(text.getBytes(UTF_8)));
    }

    @Test
    void makesOnePartOfTheEpochsOfAGroupCommit() throws IOException {
        try (Writing writing = Writing.of(directory, "path", "out", "compression", "gzip")) {
            List<Prepared> handles = new ArrayList<>();
            for (int epoch = 1; epoch <= 5; epoch++) {
                handles.addAll(writing.prepare(epoch, "row of " + epoch));
            }
            assertThat(writing.commit(handles)).containsOnly(Outcome.COMMITTED).hasSize(5);
            assertThat(writing.commit(handles)).containsOnly(Outcome.ALREADY_COMMITTED);
        }
        assertThat(Writing.visible(directory.resolve("out"))).hasSize(1);
        assertThat(Writing.staged(directory)).isEmpty();
        assertThat(Writing.text(directory.resolve("out"))).hasLineCount(5).startsWith("row of 1\nrow of 2\n");
    }

    @Test
    void removesWhatWasNotPreparedWhenItIsClosed() throws IOException {
        try (Writing writing = Writing.of(directory, "path", "out", "roll-rows", 1)) {
            writing.writer(0).begin(new EpochId(writing.run, 1));
            writing.writer(0).write(Writing.batch("one", "two"));
            assertThat(Writing.staged(directory)).hasSize(2);
        }
        assertThat(Writing.staged(directory)).isEmpty();
        assertThat(Writing.visible(directory.resolve("out"))).isEmpty();
    }
}
