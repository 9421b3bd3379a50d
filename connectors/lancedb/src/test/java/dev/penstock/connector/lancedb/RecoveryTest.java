package dev.penstock.connector.lancedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.FatalException;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SinkCommitter.Outcome;
import dev.penstock.spi.StateVersionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lance.cleanup.CleanupPolicy;
import org.lance.compaction.CompactionOptions;

final class RecoveryTest {
    @TempDir
    Path directory;

    private Incarnation.Builder append() {
        return Incarnation.in(directory, AppendTest.SCHEMA);
    }

    private List<String> staged() throws IOException {
        Path root = directory.resolve("db/_penstock/docs");
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(root, 2)) {
            return found.filter(path -> root.relativize(path).getNameCount() == 2)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    @Test
    void commitsHandlesOfAnEarlierIncarnationFromTheirBytesAlone() {
        Prepared prepared;
        Incarnation dead = append().start();
        prepared = dead.prepare(1, AppendTest.rows(0, 2)).get(0);
        Prepared copy = new Prepared(
                prepared.epoch(), 0, new ResumeState(1, prepared.handle().bytes()), prepared.rows(), prepared.bytes());
        try (Incarnation next = append().run("run2", 2).restored(1).writers(3).start()) {
            assertThat(next.commit(List.of(copy)).values()).containsExactly(Outcome.COMMITTED);
        }
        assertThat(TableReading.rows(directory)).hasSize(2);
        dead.close();
    }

    @Test
    void throwsAwayItsStraysAndLeavesPendingAndForeignOnesAlone() throws IOException {
        Incarnation dead = append().writers(4).start();
        for (int writer = 0; writer < 4; writer++) {
            for (long epoch = 1; epoch <= 2; epoch++) {
                dead.writers.get(writer).begin(dead.epoch(epoch));
                dead.writers.get(writer).write(AppendTest.rows(10L * writer + epoch, 1));
                dead.writers.get(writer).prepare();
            }
        }
        Path foreign = Files.createDirectories(directory.resolve("db/_penstock/docs/other-sink/7-0-run1"));
        append().run("run2", 2).restored(1).writers(3).start().close();
        assertThat(staged()).containsExactly("1-0-run1", "1-1-run1", "1-2-run1", "1-3-run1", "7-0-run1");
        assertThat(foreign).exists();
        append().run("run3", 3).restored(-1).start().close();
        assertThat(staged()).containsExactly("7-0-run1");
        dead.close();
    }

    @Test
    void throwsAwayWhatItWroteWithoutPreparingWhenClosed() throws IOException {
        Incarnation run = append().set("write-buffer", 1).start();
        run.writer().begin(run.epoch(1));
        run.writer().write(AppendTest.rows(0, 10));
        assertThat(staged()).containsExactly("1-0-run1");
        run.close();
        assertThat(staged()).isEmpty();
        assertThat(TableReading.rows(directory)).isEmpty();
    }

    @Test
    void saysThatAVanishedHandleIsLostAndCommitsNothingElse() {
        try (Incarnation run = append().start()) {
            List<Prepared> first = run.prepare(1, AppendTest.rows(0, 1));
            List<Prepared> second = run.prepare(2, AppendTest.rows(1, 1));
            new LocalFiles().delete(directory.resolve("db/_penstock").toString());
            List<Prepared> third = run.prepare(3, AppendTest.rows(2, 1));
            List<Prepared> all =
                    Stream.of(first, second, third).flatMap(List::stream).toList();
            Map<Prepared, Outcome> outcomes = run.commit(all);
            assertThat(outcomes.values()).containsExactly(Outcome.LOST, Outcome.LOST, Outcome.RETRY);
        }
        assertThat(TableReading.rows(directory)).isEmpty();
    }

    @Test
    void saysThatAHandleWhoseDataFileVanishedIsLost() throws IOException {
        try (Incarnation run = append().start()) {
            List<Prepared> handles = run.prepare(1, AppendTest.rows(0, 1));
            try (Stream<Path> files = Files.walk(directory.resolve("db/_penstock"))) {
                files.filter(path -> path.toString().endsWith(".lance"))
                        .forEach(path -> path.toFile().delete());
            }
            assertThat(run.commit(handles).values()).containsExactly(Outcome.LOST);
        }
        assertThat(TableReading.rows(directory)).isEmpty();
    }

    @Test
    void remembersWhatIsCommittedThroughCompactionAndCleanUp() {
        List<Prepared> first;
        List<Prepared> second;
        try (Incarnation run = append().start()) {
            first = run.prepare(1, AppendTest.rows(0, 2));
            run.commit(first);
            second = run.prepare(2, AppendTest.rows(2, 2));
            run.commit(second);
        }
        maintain();
        try (Incarnation next = append().run("run2", 2).restored(2).start()) {
            assertThat(next.commit(first).values()).containsExactly(Outcome.ALREADY_COMMITTED);
            maintain();
            assertThat(next.commit(second).values()).containsExactly(Outcome.ALREADY_COMMITTED);
            next.write(3, AppendTest.rows(4, 1));
            maintain();
            assertThat(next.commit(second).values()).containsExactly(Outcome.ALREADY_COMMITTED);
        }
        assertThat(TableReading.rows(directory)).hasSize(5);
    }

    private void maintain() {
        TableReading.with(directory, dataset -> {
            dataset.compact(CompactionOptions.builder().build());
            return dataset.cleanupWithPolicy(CleanupPolicy.builder()
                    .withBeforeTimestampMillis(System.currentTimeMillis() + 1000)
                    .withDeleteUnverified(true)
                    .withErrorIfTaggedOldVersions(false)
                    .build());
        });
    }

    @Test
    void commitsPreparedWorkThatWaitedWhileTheTableWasCleanedUp() {
        try (Incarnation run = append().start()) {
            run.write(1, AppendTest.rows(0, 1));
            List<Prepared> waiting = run.prepare(2, AppendTest.rows(1, 1));
            maintain();
            assertThat(run.commit(waiting).values()).containsExactly(Outcome.COMMITTED);
        }
        assertThat(TableReading.rows(directory)).hasSize(2);
    }

    @Test
    void addsRowsAgainWhenAnOlderCheckpointIsRestoredUnderANewRun() {
        try (Incarnation run = append().start()) {
            for (int epoch = 1; epoch <= 4; epoch++) {
                run.write(epoch, AppendTest.rows(epoch, 1));
            }
        }
        try (Incarnation restored = append().run("run2", 2).restored(2).start()) {
            assertThat(restored.write(3, AppendTest.rows(33, 1)).values()).containsExactly(Outcome.COMMITTED);
            assertThat(restored.write(4, AppendTest.rows(44, 1)).values()).containsExactly(Outcome.COMMITTED);
        }
        assertThat(TableReading.texts(directory))
                .containsExactly(
                        "[1, row 1]", "[2, row 2]", "[3, row 3]", "[33, row 33]", "[4, row 4]", "[44, row 44]");
    }

    @Test
    void refusesToWriteToATableThatTookThePlaceOfTheOneItKnew() {
        ResumeState snapshot;
        try (Incarnation run = append().start()) {
            run.write(1, AppendTest.rows(0, 1));
            snapshot = run.writer().snapshot().orElseThrow();
        }
        new LocalFiles().delete(directory.resolve("db/docs.lance").toString());
        try (Incarnation next = append().run("run2", 2).restored(1, snapshot).start()) {
            next.writer().begin(next.epoch(2));
            next.writer().write(AppendTest.rows(1, 1));
            assertThatThrownBy(() -> next.writer().prepare())
                    .isInstanceOf(FatalException.class)
                    .hasMessageContaining("another table has taken the place of the one that was written to before");
        }
    }

    @Test
    void doesNotCommitToATableThatTookThePlaceOfTheOneAHandleWasWrittenFor() {
        List<Prepared> handles;
        try (Incarnation run = append().start()) {
            handles = run.prepare(1, AppendTest.rows(0, 1));
        }
        new LocalFiles().delete(directory.resolve("db/docs.lance").toString());
        try (Incarnation next = append().run("run2", 2).restored(1).start()) {
            assertThatThrownBy(() -> next.commit(handles))
                    .isInstanceOf(FatalException.class)
                    .hasMessageContaining("another table has taken the place");
        }
    }

    @Test
    void refusesHandlesOfAnotherRelease() {
        try (Incarnation run = append().start()) {
            Prepared prepared = run.prepare(1, AppendTest.rows(0, 1)).get(0);
            Prepared newer = new Prepared(prepared.epoch(), 0, new ResumeState(9, new byte[3]), 1, 1);
            Prepared damaged = new Prepared(prepared.epoch(), 0, new ResumeState(1, new byte[3]), 1, 1);
            assertThatThrownBy(() -> run.commit(List.of(newer))).isInstanceOf(StateVersionException.class);
            assertThatThrownBy(() -> run.commit(List.of(damaged))).isInstanceOf(StateVersionException.class);
        }
    }
}
