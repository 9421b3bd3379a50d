package dev.penstock.dataflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the steps of a stream do to items, in batches of any size. */
final class StreamTest {
    private final Flow flow = Flow.named("test").withoutCheckpoint();
    private final List<Object> out = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 1024})
    void mapsFiltersAndFlattens(int batchRows) {
        Stream<Integer> numbers = flow.read("in", ItemSource.of(1, 2, 3, 4));
        Stream<List<String>> lists = numbers.map("double", number -> number * 2)
                .filter("large", number -> number > 2)
                .filterMap("no-six", number -> number == 6 ? Optional.empty() : Optional.of(number))
                .map("list", number -> List.of("a" + number, "b" + number));
        Stream.flatten("flat", lists)
                .flatMap("twice", text -> List.of(text, text))
                .to("out", ItemSink.collecting(out));

        DirectRun.run(flow, batchRows);

        assertThat(out).containsExactly("a4", "a4", "b4", "b4", "a8", "a8", "b8", "b8");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1024})
    void branchAsksOnceAndEachItemTakesOneWay(int batchRows) {
        List<Integer> asked = new ArrayList<>();
        Branch<Integer> branch = flow.read("in", ItemSource.of(1, 2, 3, 4, 6)).branch("odd", number -> {
            asked.add(number);
            return number % 2 == 1;
        });
        List<Integer> odd = new ArrayList<>();
        branch.trues().to("odd-out", ItemSink.collecting(odd));
        branch.falses().to("even-out", ItemSink.collecting(out));

        DirectRun.run(flow, batchRows);

        assertThat(odd).containsExactly(1, 3);
        assertThat(out).containsExactly(2, 4, 6);
        assertThat(asked).containsExactly(1, 2, 3, 4, 6);
    }

    @Test
    void mergeTakesStreamsByTurns() {
        Stream<Integer> odds = flow.read("odds", ItemSource.of(1, 3, 5));
        Stream<Integer> evens = flow.read("evens", ItemSource.of(2, 4, 6));
        Stream<Integer> huge = flow.read("huge", ItemSource.of(100, 200, 300));
        odds.merge("merge", evens, huge).to("out", ItemSink.collecting(out));

        DirectRun.run(flow, 1);

        assertThat(out).containsExactly(1, 2, 100, 3, 4, 200, 5, 6, 300);
    }

    @Test
    void mergeTakesStreamsOfNarrowerItems() {
        Stream<Integer> whole = flow.read("whole", ItemSource.of(1));
        Stream<Double> broken = flow.read("broken", ItemSource.of(0.5));
        Stream<Number> numbers = Stream.merge("numbers", List.of(whole, broken));
        numbers.map("double", Number::doubleValue).to("out", ItemSink.collecting(out));

        DirectRun.run(flow, 1);

        assertThat(out).containsExactlyInAnyOrder(1.0, 0.5);
    }

    @Test
    void mergeOfNothingIsRefused() {
        assertThatThrownBy(() -> Stream.merge("merge", List.<Stream<Integer>>of()))
                .hasMessage("Cannot add step 'merge': it merges no streams; give at least one");
    }

    @Test
    void mergeWithAnotherFlowIsRefused() {
        Stream<Integer> own = flow.read("in", ItemSource.of(1));
        Stream<Integer> other = Flow.named("other").read("in", ItemSource.of(1));

        assertThatThrownBy(() -> own.merge("merge", other))
                .hasMessage("Cannot add step 'merge': it takes streams of the flows 'test' and 'other'; build all of"
                        + " them with one Flow");
    }

    @Test
    void aStreamMayBeUsedTwice() {
        Stream<Integer> numbers = flow.read("in", ItemSource.of(1, 2));
        numbers.map("tens", number -> number * 10).to("out", ItemSink.collecting(out));
        numbers.to("plain", ItemSink.collecting(out));

        DirectRun.run(flow, 1);

        assertThat(out).containsExactly(10, 1, 20, 2);
    }

    @Test
    void flatMapBatchSeesTheBatch() {
        flow.read("in", ItemSource.range(0, 5))
                .flatMapBatch(
                        "sums",
                        batch -> List.of(
                                batch.stream().mapToLong(Long::longValue).sum()))
                .to("out", ItemSink.collecting(out));

        DirectRun.run(flow, 2);

        assertThat(out).containsExactly(1L, 5L, 4L);
    }

    @Test
    void inspectorsSeeItemsAndWhereTheyAre() {
        List<String> seen = new ArrayList<>();
        Stream<String> items = flow.read("in", ItemSource.of("a"));
        items.inspect("insp", (step, item, epoch, worker) -> seen.add(step + " " + item + " " + epoch + " " + worker))
                .inspect("plain", (String item) -> seen.add(item))
                .to("out", ItemSink.collecting(out));

        DirectRun.run(flow, 1);

        assertThat(seen).containsExactly("insp a 1 0", "a");
        assertThat(out).containsExactly("a");
    }

    @Test
    void raisesAtTheFirstItem() {
        flow.read("in", ItemSource.of("a")).raises("none");

        assertThatThrownBy(() -> DirectRun.run(flow, 1))
                .hasMessage("Cannot go on with item 'a': step 'none' expects none; see where it comes from");
    }

    @Test
    void nullsAreRefusedByTheirStep() {
        Map<String, String> names = Map.of("1", "one");
        flow.read("in", ItemSource.of("1", "2")).map("name", names::get).to("out", ItemSink.collecting(out));

        assertThatThrownBy(() -> DirectRun.run(flow, 2))
                .hasMessage("Cannot go on with a null from the function of step 'name': streams have no nulls; leave"
                        + " the item out with filterMap, or give an Optional of it");
    }

    @Test
    void plainFunctionsAreOperators() {
        flow.read("in", ItemSource.of("a b", "c"))
                .then("words", StreamTest::words)
                .then(Function.identity())
                .to("out", ItemSink.collecting(out));

        DirectRun.run(flow, 1);

        assertThat(out).containsExactly("A", "B", "C");
        assertThat(flow.plan().nodes()).extracting("id").containsExactly("in", "words.split", "words.upper", "out");
    }

    private static Stream<String> words(Stream<String> lines) {
        return lines.flatMap("split", line -> List.of(line.split(" "))).map("upper", String::toUpperCase);
    }

    @Test
    void batchesGrowBeyondTheirInput() {
        flow.read("in", ItemSource.of(3, 0, 1000))
                .flatMap("count", count -> IntStream.range(0, count).boxed().toList())
                .to("out", ItemSink.collecting(out));

        DirectRun.run(flow, 3);

        assertThat(out).hasSize(1003).startsWith(0, 1, 2, 0, 1).endsWith(999);
    }

    @Test
    void redistributeKeepsItems() {
        flow.read("in", ItemSource.of(1, 2)).redistribute("spread").to("out", ItemSink.collecting(out));

        DirectRun.run(flow, 2);

        assertThat(out).containsExactly(1, 2);
    }
}
