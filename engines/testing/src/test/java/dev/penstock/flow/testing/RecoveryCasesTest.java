package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.flow.Flow;
import dev.penstock.flow.testing.TestEngine.Ending;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run that ended, or was ended, leaves to the next: the black-box cases 1 to 4 and 7. */
final class RecoveryCasesTest {
    private static final Duration LONG_EPOCH = Duration.ofSeconds(5);

    @TempDir
    private Path state;

    private TestEngine engine = TestEngine.withoutState();

    @BeforeEach
    void keepState() {
        engine = TestEngine.withState(state);
    }

    private static Flow copy(TestSource<Integer> source, TestSink<Integer> sink) {
        Flow flow = Flow.named("copy");
        flow.<Integer>read("in", source).to("out", sink);
        return flow;
    }

    /** Case 1. */
    @Test
    void repeatsEverythingAfterAnAbortBeforeTheFirstSnapshot() {
        TestSink<Integer> sink = TestSink.atLeastOnce();
        TestSource<Integer> source =
                TestSource.of(0, 1, 2).abortWhen(() -> sink.items().size() == 3).then(3, 4);

        assertThat(engine.epochs(LONG_EPOCH).run(copy(source, sink))).isEqualTo(Ending.ABORTED);
        assertThat(sink.take()).containsExactly(0, 1, 2);
        assertThat(engine.epochs(LONG_EPOCH).run(copy(source, sink))).isEqualTo(Ending.DONE);
        assertThat(sink.take()).containsExactly(0, 1, 2, 3, 4);
    }

    /** Case 1, in a sink that keeps what belongs to no durable epoch to itself. */
    @Test
    void showsEachItemOnceInATransactionalSinkThoughTheyWereRepeated() {
        TestSink<Integer> sink = TestSink.exactlyOnce();
        TestSource<Integer> source = TestSource.of(0, 1, 2).abort().then(3, 4);

        assertThat(engine.epochs(LONG_EPOCH).run(copy(source, sink))).isEqualTo(Ending.ABORTED);
        assertThat(sink.items()).isEmpty();
        assertThat(engine.epochs(LONG_EPOCH).run(copy(source, sink))).isEqualTo(Ending.DONE);
        assertThat(sink.items()).containsExactly(0, 1, 2, 3, 4);
    }

    /** Case 2. */
    @Test
    void goesOnBehindTheLastItemIfEachWasSnapshot() {
        TestSink<Integer> sink = TestSink.atLeastOnce();
        TestSource<Integer> source = TestSource.of(0, 1, 2).abort().then(3, 4).anEpochAnItem();

        assertThat(engine.run(copy(source, sink))).isEqualTo(Ending.ABORTED);
        assertThat(sink.take()).containsExactly(0, 1, 2);
        assertThat(engine.run(copy(source, sink))).isEqualTo(Ending.DONE);
        assertThat(sink.take()).containsExactly(3, 4);
    }

    /** Case 3. */
    @Test
    void goesOnBehindAnEofAndFindsNothingMoreAfterTheLast() {
        TestSink<Integer> sink = TestSink.exactlyOnce();
        TestSource<Integer> source = TestSource.of(0, 1, 2).eof().then(3, 4);

        assertThat(runs(4, source, sink, engine.epochs(LONG_EPOCH)))
                .containsExactly(List.of(0, 1, 2), List.of(3, 4), List.of(), List.of());
    }

    /** Case 4; there is no interval of backups here, as the last epoch is all that is kept. */
    @Test
    void goesOnBehindEveryEof() {
        TestSink<Integer> sink = TestSink.exactlyOnce();
        TestSource<Integer> source =
                TestSource.of(0).eof().then(1).eof().then(2).eof().then(3).eof().then(4);

        assertThat(runs(6, source, sink, engine.epochs(LONG_EPOCH)))
                .containsExactly(List.of(0), List.of(1), List.of(2), List.of(3), List.of(4), List.of());
    }

    private static List<List<Integer>> runs(
            int count, TestSource<Integer> source, TestSink<Integer> sink, TestEngine engine) {
        return IntStream.range(0, count)
                .mapToObj(run -> {
                    assertThat(engine.run(copy(source, sink))).isEqualTo(Ending.DONE);
                    return sink.take();
                })
                .toList();
    }

    /** Case 7. */
    @Test
    void goesOnBehindABatch() {
        TestSink<Integer> sink = TestSink.atLeastOnce();
        TestSource<Integer> source =
                TestSource.of(0, 1, 2).abort().then(3, 4).anEpochAnItem().batch(2);

        assertThat(engine.run(copy(source, sink))).isEqualTo(Ending.ABORTED);
        assertThat(sink.take()).containsExactly(0, 1, 2);
        assertThat(engine.run(copy(source, sink))).isEqualTo(Ending.DONE);
        assertThat(sink.take()).containsExactly(3, 4);
    }

    /** An abort ends all workers. */
    @Test
    void abortsARunOfSeveralWorkersAndPartitions() {
        TestSink<Integer> sink = TestSink.exactlyOnce();
        TestSource<Integer> source = TestSource.of(0, 1, 2).abort().then(3);
        for (int partition = 0; partition < 5; partition++) {
            source.partition("other-" + partition).then(10 * partition + 10, 10 * partition + 11);
        }

        assertThat(engine.workers(3).run(copy(source, sink))).isEqualTo(Ending.ABORTED);
        assertThat(engine.workers(2).run(copy(source, sink))).isEqualTo(Ending.DONE);
        assertThat(sink.items()).containsExactlyInAnyOrder(0, 1, 2, 3, 10, 11, 20, 21, 30, 31, 40, 41, 50, 51);
    }

    @Test
    void keepsNothingWithoutState() {
        TestSink<Integer> sink = TestSink.exactlyOnce();
        TestSource<Integer> source = TestSource.of(0, 1);

        assertThat(runs(2, source, sink, TestEngine.withoutState())).containsExactly(List.of(0, 1), List.of(0, 1));
    }
}
