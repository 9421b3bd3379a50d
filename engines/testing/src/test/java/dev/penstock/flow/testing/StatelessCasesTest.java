package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.Stream;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Case 28: steps without memory, end to end. */
final class StatelessCasesTest {
    /** Case 28; streams are merged in no order, but each keeps its own. */
    @Test
    void mergesStreamsEachInItsOwnOrder() {
        FlowResults results = FlowTester.of(bed -> {
                    Flow flow = Flow.named("merge");
                    Stream<Integer> odds = flow.read("odds", bed.source("odds", 1, 3, 5));
                    Stream<Integer> evens = flow.read("evens", bed.source("evens", 2, 4, 6));
                    Stream<Integer> huge = flow.read("huge", bed.source("huge", 100, 200, 300));
                    odds.merge("all", evens, huge).to("out", bed.<Integer>sink("out", StatelessCasesTest::stream));
                    return flow;
                })
                .everyWay();

        assertThat(results.<Integer>of("out")).containsExactlyInAnyOrder(1, 2, 100, 3, 4, 200, 5, 6, 300);
    }

    private static Object stream(int item) {
        return item >= 100 ? "huge" : item % 2;
    }

    /** Case 28. */
    @Test
    void inspectsAnItemWithItsStepEpochAndWorker() {
        List<String> seen = new CopyOnWriteArrayList<>();
        Flow flow = Flow.named("inspected");
        flow.read("in", TestSource.of("a"))
                .inspect(
                        "insp", (step, item, epoch, worker) -> seen.add(step + " " + item + " " + epoch + " " + worker))
                .to("out", TestSink.exactlyOnce());
        TestEngine.withoutState().run(flow);

        assertThat(seen).containsExactly("insp a 1 0");
    }

    /** Case 28. */
    @Test
    void stopsAtAnItemWhereNoneIsExpected() {
        Flow flow = Flow.named("raising");
        flow.read("in", TestSource.of("a")).raises("none");

        assertThatThrownBy(() -> TestEngine.withoutState().run(flow)).hasMessageContaining("'none'");
    }

    /** Case 28. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void stopsAtAnExceptionAndNamesTheStepWhateverTheNumberOfWorkers(int workers) {
        TestSink<Integer> sink = TestSink.exactlyOnce();
        Flow flow = Flow.named("failing");
        flow.read("in", TestSource.of(0, 1, 2))
                .map("divide", item -> 10 / (item - 2))
                .to("out", sink);

        assertThatThrownBy(() -> TestEngine.withoutState().workers(workers).run(flow))
                .hasMessageContaining("'divide'")
                .hasStackTraceContaining("/ by zero");
        assertThat(sink.items()).hasSizeLessThan(3);
    }
}
