package dev.penstock.connector.lancedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.FatalException;
import dev.penstock.spi.FencedException;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.SinkCommitter.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lance.Dataset;

final class FencingTest {
    @TempDir
    Path directory;

    private Incarnation start(String run, long generation) {
        return Incarnation.in(directory, AppendTest.SCHEMA)
                .run(run, generation)
                .restored(generation == 1 ? -1 : 1)
                .start();
    }

    @Test
    void stopsAnOlderIncarnationFromCommitting() {
        try (Incarnation old = start("run1", 1)) {
            old.write(1, AppendTest.rows(0, 1));
            List<Prepared> late = old.prepare(2, AppendTest.rows(1, 1));
            try (Incarnation young = start("run2", 2)) {
                young.committer().claim();
                assertThatThrownBy(() -> old.commit(late))
                        .isInstanceOf(FencedException.class)
                        .hasMessageContaining("as generation 1 of sink 'pipeline/lancedb'")
                        .hasMessageContaining("has taken over; stop this process");
                assertThatThrownBy(() -> old.committer().claim()).isInstanceOf(FencedException.class);
                young.write(2, AppendTest.rows(10, 1));
            }
        }
        assertThat(TableReading.texts(directory)).containsExactly("[0, row 0]", "[10, row 10]");
    }

    @Test
    void refusesACommitThatWasUnderWayWhenAnotherTookOver() {
        try (Incarnation old = start("run1", 1)) {
            old.write(1, AppendTest.rows(0, 1));
            try (Lance lance = new Lance(TableReading.location(directory));
                    Dataset before = lance.openExisting();
                    Incarnation young = start("run2", 2)) {
                young.committer().claim();
                assertThatThrownBy(() -> TableCommit.commit(before, TableCommit.Change.NONE, Map.of()))
                        .satisfies(error ->
                                assertThat(LanceErrors.isConflict(error)).isTrue());
            }
        }
    }

    @Test
    void lettingGoOfAnEmptyTableIsRefusedTooWhenSomebodyCameFirst() {
        try (Incarnation old = start("run1", 1);
                Lance lance = new Lance(TableReading.location(directory));
                Dataset empty = lance.openExisting()) {
            old.write(1, AppendTest.rows(0, 1));
            assertThatThrownBy(() -> TableCommit.commit(empty, TableCommit.Change.NONE, Map.of()))
                    .satisfies(
                            error -> assertThat(LanceErrors.isConflict(error)).isTrue());
        }
        assertThat(TableReading.rows(directory)).hasSize(1);
    }

    @Test
    void addsAnEpochOnceAlthoughTwoCommittersRace() throws Exception {
        int rounds = 30;
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Incarnation first = start("run1", 1);
                Incarnation second = start("run1", 1)) {
            for (int round = 1; round <= rounds; round++) {
                List<Prepared> handles = first.prepare(round, AppendTest.rows(round, 1));
                List<Future<Map<Prepared, Outcome>>> answers = new ArrayList<>();
                for (Incarnation side : List.of(first, second)) {
                    Callable<Map<Prepared, Outcome>> commit = () -> retrying(side, handles);
                    answers.add(threads.submit(commit));
                }
                for (Future<Map<Prepared, Outcome>> answer : answers) {
                    assertThat(answer.get(30, TimeUnit.SECONDS).values())
                            .isSubsetOf(Outcome.COMMITTED, Outcome.ALREADY_COMMITTED);
                }
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(TableReading.rows(directory)).hasSize(rounds).doesNotHaveDuplicates();
    }

    /** As an engine does when the other one takes files away under its hands. */
    private static Map<Prepared, Outcome> retrying(Incarnation side, List<Prepared> handles) {
        while (true) {
            try {
                return side.commit(handles);
            } catch (RetryableException e) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void stopsWhereTheTagThatTellsWhatIsCommittedIsGone() {
        try (Incarnation run = start("run1", 1)) {
            run.write(1, AppendTest.rows(0, 1));
        }
        TableReading.with(directory, dataset -> {
            dataset.tags().delete(SinkName.of(Incarnation.SINK_ID).tag());
            return true;
        });
        try (Incarnation run = start("run2", 2)) {
            assertThatThrownBy(() -> run.committer().claim())
                    .isInstanceOf(FatalException.class)
                    .hasMessageContaining("its tag 'penstock-pipeline.lancedb-")
                    .hasMessageContaining("is gone; make the tag again");
        }
    }

    @Test
    void leavesOtherSinksOfTheSameTableAlone() {
        try (Incarnation one = start("run1", 5)) {
            one.write(1, AppendTest.rows(0, 1));
            dev.penstock.spi.SinkCommitter other = one.sink.committer("other/lancedb", "run9");
            other.claim();
            one.write(2, AppendTest.rows(1, 1));
            other.close();
        }
        assertThat(TableReading.rows(directory)).hasSize(2);
    }
}
