package dev.penstock.connector.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.connector.files.MergeLog.Merge;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.FencedException;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SinkCommitter.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a later incarnation makes of what an earlier one left, at each point where that may have died. */
final class SinkRecoveryTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private Writing first() {
        return Writing.of(directory, "path", "out");
    }

    /** A later incarnation, which knows epochs up to {@code restored}. */
    private Writing later(long generation, int writers, long restored) {
        return Writing.later(directory, generation, writers, restored, "path", "out");
    }

    private String text() throws IOException {
        return Writing.text(directory.resolve("out"));
    }

    /** A handle as the recovery store gives it back. */
    private static Prepared stored(Prepared handle) {
        ResumeState copy =
                new ResumeState(handle.handle().version(), handle.handle().bytes());
        return new Prepared(handle.epoch(), handle.writer(), copy, handle.rows(), handle.bytes());
    }

    @Test
    void commitsWhatAnotherIncarnationPreparedFromTheBytesOfTheHandle() throws IOException {
        Writing first = first();
        Prepared handle = stored(first.prepare(1, "one").get(0));
        try (Writing second = later(2, 3, 1)) {
            assertThat(second.commit(List.of(handle))).containsExactly(Outcome.COMMITTED);
        }
        assertThat(text()).isEqualTo("one\n");
    }

    @Test
    void removesEpochsThatDidNotBecomeDurableAndNothingElse() throws IOException {
        Writing first = first();
        Prepared durable = first.prepare(4, "durable").get(0);
        first.prepare(5, "not durable");
        first.writer(0).begin(new EpochId(first.run, 6));
        first.writer(0).write(Writing.batch("not even prepared"));
        try (Writing second = later(2, 1, 4)) {
            assertThat(Writing.staged(directory)).hasSize(1);
            second.commit(List.of(durable));
        }
        assertThat(text()).isEqualTo("durable\n");
    }

    @Test
    void removesTheStraysOfWritersThatAreNoMore() throws IOException {
        Writing first = Writing.later(directory, 1, 5, -1, "path", "out");
        for (int i = 0; i < 5; i++) {
            first.prepare(i, 1, "of writer " + i);
        }
        later(2, 3, -1).close();
        assertThat(Writing.staged(directory)).isEmpty();
    }

    @Test
    void leavesTheFilesOfOtherSinksAlone() throws IOException {
        Path foreign = Files.createDirectories(directory.resolve("out/.penstock/other"));
        Files.createFile(foreign.resolve("w0-e9-0-run.part"));
        first().close();
        assertThat(Writing.staged(directory)).hasSize(1);
    }

    @Test
    void fencesOffAnOlderIncarnation() throws IOException {
        Writing first = first();
        List<Prepared> handles = first.prepare(1, "one");
        try (Writing second = later(2, 1, 1)) {
            second.commit(handles);
            assertThatThrownBy(() -> first.commit(handles)).isInstanceOf(FencedException.class);
            assertThatThrownBy(() -> first.prepare(2, "two")).isInstanceOf(FencedException.class);
        }
        assertThat(text()).isEqualTo("one\n");
        assertThatThrownBy(this::first).isInstanceOf(FencedException.class);
    }

    @Test
    void finishesACommitThatDiedBetweenTwoRenames() throws IOException {
        Writing first = Writing.of(directory, "path", "out", "roll-rows", 1);
        Prepared handle = first.prepare(1, "one", "two").get(0);
        StagedFile staged = StagedFile.decode(handle.handle()).get(0);
        Path staging = Writing.staged(directory).get(0).getParent();
        new CommitLog(java.util.Objects.requireNonNull(staging)).begin(List.of(handle.epoch()));
        Files.move(staging.resolve(staged.name()), directory.resolve("out").resolve(staged.partName()));
        try (Writing second = later(2, 1, 1)) {
            assertThat(second.commit(List.of(handle))).containsExactly(Outcome.COMMITTED);
        }
        assertThat(text()).isEqualTo("one\ntwo\n");
    }

    @Test
    void sameEpochNumberOfAnotherRunIsNotTakenForCommitted() throws IOException {
        try (Writing first = first()) {
            first.commit(first.prepare(1, "of the first run"));
        }
        try (Writing second = later(2, 1, 0)) {
            assertThat(second.commit(second.prepare(1, "of the second run"))).containsExactly(Outcome.COMMITTED);
        }
        assertThat(text()).contains("of the first run\n", "of the second run\n");
    }

    /** The three instants at which a merge can die: parts partly joined, joined, and joined and renamed. */
    @Test
    void finishesAMergeThatDiedAtAnyPoint() throws IOException {
        for (int died = 0; died < 3; died++) {
            Writing first = Writing.later(directory, 10 + died, 1, -1, "path", "out" + died);
            List<Prepared> handles = new ArrayList<>();
            for (int epoch = 1; epoch <= 3; epoch++) {
                handles.addAll(first.prepare(epoch, "row " + epoch));
            }
            dieInMerge(died, handles);
            try (Writing second = Writing.later(directory, 20 + died, 1, 3, "path", "out" + died)) {
                second.commit(handles);
                second.commit(handles);
            }
            assertThat(Writing.text(directory.resolve("out" + died))).isEqualTo("row 1\nrow 2\nrow 3\n");
            assertThat(Writing.staged(directory.resolve("out" + died))).isEmpty();
        }
    }

    /**
     * It passed the fence, was stopped, and wakes up while the next incarnation has joined parts and not renamed them.
     */
    @Test
    void oneThatWasFencedOffDoesNotCutBackWhatItsSuccessorMerges() throws IOException {
        Writing first = first();
        List<Prepared> handles = new ArrayList<>(first.prepare(1, "row 1"));
        handles.addAll(first.prepare(2, "row 2"));
        handles.addAll(first.prepare(3, "row 3"));
        Path joined = Writing.staged(directory).get(0);
        Path staging = java.util.Objects.requireNonNull(joined.getParent());
        new Fence(staging, 2).claim();
        new MergeLog(staging, new Fence(staging, 2)).begin(List.of(new Merge(files(handles))));
        Files.writeString(joined, "row 2\nrow 3\n", StandardOpenOption.APPEND);

        assertThatThrownBy(() -> new MergeLog(staging, new Fence(staging, 1)).settle())
                .isInstanceOf(FencedException.class);

        assertThat(joined).hasContent("row 1\nrow 2\nrow 3\n");
        assertThat(staging.resolve("merges")).exists();
    }

    private static List<StagedFile> files(List<Prepared> handles) {
        return handles.stream()
                .flatMap(handle -> StagedFile.decode(handle.handle()).stream())
                .toList();
    }

    private void dieInMerge(int died, List<Prepared> handles) throws IOException {
        Path out = directory.resolve("out" + died);
        Path staging =
                java.util.Objects.requireNonNull(Writing.staged(out).get(0).getParent());
        List<StagedFile> files = files(handles);
        new CommitLog(staging).begin(handles.stream().map(Prepared::epoch).toList());
        new MergeLog(staging, new Fence(staging, Long.MAX_VALUE)).begin(List.of(new Merge(files)));
        Path joined = staging.resolve(files.get(0).name());
        Files.writeString(joined, died == 0 ? "row 2\nro" : "row 2\nrow 3\n", StandardOpenOption.APPEND);
        if (died == 2) {
            Files.move(joined, out.resolve(files.get(0).partName()), StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
