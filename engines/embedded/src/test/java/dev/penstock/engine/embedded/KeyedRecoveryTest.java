package dev.penstock.engine.embedded;

import static dev.penstock.engine.embedded.testing.SumsPipeline.LENGTH;
import static dev.penstock.engine.embedded.testing.SumsPipeline.expected;
import static dev.penstock.engine.embedded.testing.SumsPipeline.sums;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.embedded.RunReport.Ending;
import dev.penstock.engine.embedded.testing.MemoryTarget;
import dev.penstock.engine.embedded.testing.NumbersSource;
import dev.penstock.engine.embedded.testing.SumsPipeline;
import dev.penstock.engine.embedded.testing.Waiting;
import dev.penstock.spi.FatalException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Steps with memory go on as if nothing had happened: after stops, with other numbers of workers, after crashes. */
final class KeyedRecoveryTest {
    /** More points with {@code -Dkeyed.crashes=}. */
    private static final int CRASHES = Integer.getInteger("keyed.crashes", 40);

    private final MemoryTarget target = new MemoryTarget();

    @TempDir
    private Path state;

    static Stream<List<Integer>> workersOverTime() {
        return Stream.of(List.of(1, 1), List.of(1, 4), List.of(4, 1), List.of(3, 5, 1), List.of(2, 3, 2, 1, 4));
    }

    /** Runs until the partitions up to {@code size} are in, and stops with windows open. */
    private void runAndStop(int workers, long size) {
        NumbersSource endless = new NumbersSource()
                .with("a", size)
                .with("b", size)
                .with("c", size)
                .endless();
        EmbeddedEngine engine = EmbeddedEngine.of(
                SumsPipeline.of(endless, state, workers).batchRows(37).to(target));
        Waiting.stopWhen(engine, () -> engine.progress().step("sums").rowsIn() >= 120);
        assertThat(engine.run().ending()).isEqualTo(Ending.STOPPED);
    }

    private RunReport runToTheEnd(int workers, long size) {
        NumbersSource bounded =
                new NumbersSource().with("a", size).with("b", size).with("c", size);
        return EmbeddedEngine.of(SumsPipeline.of(bounded, state, workers).to(target))
                .run();
    }

    @ParameterizedTest
    @MethodSource("workersOverTime")
    void stopsAndOtherNumbersOfWorkersChangeNothing(List<Integer> workers) {
        long size = 2_000;
        for (int run = 0; run < workers.size() - 1; run++) {
            runAndStop(workers.get(run), size * (run + 1));
        }
        long all = size * workers.size();
        assertThat(runToTheEnd(workers.get(workers.size() - 1), all).ending()).isEqualTo(Ending.DONE);

        assertThat(sums(target.committed())).isEqualTo(expected(LENGTH, all, "a", "b", "c"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aStopLeavesWindowsOpenAndAnEndClosesThem(int workers) {
        runAndStop(workers, 120);
        assertThat(sums(target.committed()))
                .noneSatisfy((window, sum) -> assertThat(window).endsWith("@0"));

        runToTheEnd(workers, 120);

        assertThat(sums(target.committed())).isEqualTo(expected(LENGTH, 120, "a", "b", "c"));
    }

    @Test
    void theEndLeavesNothingForTheNextRun() {
        runToTheEnd(2, 1_000);
        int first = target.committed().size();

        RunReport second = runToTheEnd(3, 1_000);

        assertThat(second.totals().rows()).isZero();
        assertThat(target.committed()).hasSize(first);
    }

    static IntStream seeds() {
        return IntStream.range(0, CRASHES);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void crashesAtAnyPointChangeNothing(int seed) {
        Random random = new Random(seed);
        long size = 1_500;
        for (int life = 0; life < 3; life++) {
            crash(random, size);
        }
        runToTheEnd(1 + random.nextInt(4), size);

        assertThat(sums(target.committed())).isEqualTo(expected(LENGTH, size, "a", "b", "c"));
        assertThat(target.openTransactions()).isZero();
    }

    /** A life that fails while reading, writing or committing, unless it ends before. */
    private void crash(Random random, long size) {
        AtomicInteger left = new AtomicInteger(random.nextInt(40));
        Runnable fuse = () -> {
            if (left.getAndDecrement() == 0) {
                throw new FatalException("Cannot go on: this is the end");
            }
        };
        int place = random.nextInt(3);
        NumbersSource source =
                new NumbersSource().with("a", size).with("b", size).with("c", size);
        source.beforePoll((partition, position, maxWait) -> burn(place == 0, fuse));
        target.beforeWrite(batch -> burn(place == 1, fuse));
        target.beforeCommit(() -> burn(place == 2, fuse));
        EmbeddedEngine engine = EmbeddedEngine.of(SumsPipeline.of(source, state, 1 + random.nextInt(4))
                .batchRows(1 + random.nextInt(200))
                .interval(Duration.ofMillis(1 + random.nextInt(10)))
                .to(target));
        try {
            engine.run();
        } catch (FatalException e) {
            assertThat(e).hasMessageContaining("this is the end");
        } finally {
            target.beforeWrite(batch -> {});
            target.beforeCommit(() -> {});
        }
    }

    private static void burn(boolean here, Runnable fuse) {
        if (here) {
            fuse.run();
        }
    }
}
