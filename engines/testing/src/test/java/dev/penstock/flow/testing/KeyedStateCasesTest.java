package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.Until;
import dev.penstock.dataflow.flow.Update;
import dev.penstock.flow.testing.TestEngine.Ending;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Steps with memory, end to end: case 8 and those of case 28 that keep something. */
final class KeyedStateCasesTest {
    private static final String DISCARD = "DISCARD";

    /** Case 8. */
    @Test
    void forgetsADiscardedKeyAlsoOverAnAbort(@TempDir Path state) {
        TestSink<String> sink = TestSink.exactlyOnce();
        TestSource<List<String>> source = TestSource.of(
                        List.of("a", "a1"), List.of("b", "b1"), List.of("a", DISCARD), List.of("b", "b2"))
                .abort()
                .then(List.of("a", "a3"), List.of("b", "b3"))
                .anEpochAnItem();
        TestEngine engine = TestEngine.withState(state);

        assertThat(engine.run(keepLast(source, sink))).isEqualTo(Ending.ABORTED);
        assertThat(engine.run(keepLast(source, sink))).isEqualTo(Ending.DONE);

        assertThat(sink.items())
                .containsExactly(
                        "a (none, a1)", "b (none, b1)", "a (a1, DISCARD)", "b (b1, b2)", "a (none, a3)", "b (b2, b3)");
    }

    private static Flow keepLast(TestSource<List<String>> source, TestSink<String> sink) {
        Flow flow = Flow.named("keep-last");
        flow.read("in", source)
                .keyBy("key", pair -> pair.get(0))
                .mapValues("value", pair -> pair.get(1))
                .<String, String>statefulMap("last", (last, value) -> {
                    String seen = "(" + last.orElse("none") + ", " + value + ")";
                    return value.equals(DISCARD) ? Update.drop(seen) : Update.keep(value, seen);
                })
                .toStream("entries")
                .map("text", entry -> entry.getKey() + " " + entry.getValue())
                .to("out", sink);
        return flow;
    }

    /** Case 28. */
    @Test
    void keepsWhatIncreases() {
        FlowResults results = FlowTester.of(bed -> {
                    Flow flow = Flow.named("increasing");
                    flow.<Integer>read("in", bed.source("in", 2, 5, 8, 1, 3))
                            .keyBy("one", item -> "all")
                            .<Integer, Integer>statefulFlatMap(
                                    "increasing",
                                    (last, item) -> Update.keep(
                                            item,
                                            last.filter(before -> before >= item)
                                                            .isPresent()
                                                    ? List.of()
                                                    : List.of(item)))
                            .dropKey("items")
                            .to("out", bed.<Integer>sink("out", item -> "all"));
                    return flow;
                })
                .everyWay();

        assertThat(results.<Integer>of("out")).containsExactly(2, 5, 8, 3);
    }

    /** Case 28. */
    @Test
    void collectsListsOfThreeAndTheRestAtTheEnd() {
        List<Integer> items = IntStream.range(0, 10).boxed().toList();
        FlowResults results = FlowTester.of(bed -> {
                    Flow flow = Flow.named("threes");
                    flow.<Integer>read("in", bed.source("in", items))
                            .keyBy("one", item -> "all")
                            .collect("collect", Until.size(3))
                            .dropKey("lists")
                            .to("out", bed.<List<Integer>>sink("out", item -> "all"));
                    return flow;
                })
                .everyWay();

        assertThat(results.<List<Integer>>of("out"))
                .containsExactly(List.of(0, 1, 2), List.of(3, 4, 5), List.of(6, 7, 8), List.of(9));
    }

    /** Case 28. */
    @Test
    void countsAtTheEnd() {
        FlowResults results = FlowTester.of(bed -> {
                    Flow flow = Flow.named("counts");
                    flow.<String>read("in", bed.source("in", "a", "a", "b", "c", "b", "a"))
                            .keyBy("word", word -> word)
                            .countFinal("count")
                            .to("out", bed.sink("out"));
                    return flow;
                })
                .everyWay();

        assertThat(results.<Map.Entry<String, Long>>of("out"))
                .containsExactlyInAnyOrder(Map.entry("a", 3L), Map.entry("b", 2L), Map.entry("c", 1L));
    }

    /** An end of the input gives the final results, and the next run begins anew. */
    @Test
    void beginsFinalStepsAnewBehindAnEof(@TempDir Path state) {
        TestSink<Map.Entry<String, Long>> sink = TestSink.exactlyOnce();
        TestSource<String> source = TestSource.of("a", "a").eof().then("a");
        for (long expected : new long[] {2, 1}) {
            Flow flow = Flow.named("counts");
            flow.read("in", source)
                    .keyBy("word", word -> word)
                    .countFinal("count")
                    .to("out", sink);
            assertThat(TestEngine.withState(state).run(flow)).isEqualTo(Ending.DONE);
            assertThat(sink.take()).containsExactly(Map.entry("a", expected));
        }
    }
}
