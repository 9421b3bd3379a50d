package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.flow.Flow;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class FlowTesterTest {
    private static final List<Integer> ITEMS = IntStream.range(0, 12).boxed().toList();

    @Test
    void acceptsAFlowThatGivesTheSameInEveryWay() {
        FlowResults results = FlowTester.of(mapping(() -> item -> item * 10)).everyWay();

        assertThat(results.<Integer>of("out"))
                .isEqualTo(ITEMS.stream().map(item -> item * 10).toList());
    }

    @Test
    void acceptsSeveralPartitionsInAnyOrderRelativeToEachOther() {
        Map<String, List<Integer>> partitions = Map.of("north", ITEMS, "south", List.of(100, 101, 102));
        FlowResults results = FlowTester.of(bed -> {
                    Flow flow = Flow.named("two");
                    flow.<Integer>read("in", bed.source("in", partitions))
                            .to("out", bed.sink("out", item -> item / 100));
                    return flow;
                })
                .everyWay();

        assertThat(results.<Integer>of("out")).hasSize(15);
    }

    /** The mistake that the kit is for: it works until the process is started again. */
    @Test
    void refusesAFlowThatKeepsMemoryInACapturedField() {
        FlowTester tester = FlowTester.of(mapping(() -> {
                    AtomicInteger sum = new AtomicInteger();
                    return sum::addAndGet;
                }))
                .seed(7);

        assertThatThrownBy(tester::everyWay)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("restarted after every item")
                .hasMessageContaining("in sink 'out'")
                .hasMessageContaining("item 3 is '2' instead of '3'")
                .hasMessageContaining("seed(7L)");
    }

    @Test
    void refusesAFlowThatFailsInSomeWayOnlyAndNamesIt() {
        AtomicInteger made = new AtomicInteger();
        FlowTester tester = FlowTester.of(mapping(() -> {
            boolean second = made.getAndIncrement() == 1;
            return item -> {
                if (second) {
                    throw new IllegalStateException("broken on purpose");
                }
                return item;
            };
        }));

        assertThatThrownBy(tester::everyWay)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("1 worker, one item a batch")
                .hasMessageContaining("broken on purpose");
    }

    @Test
    void refusesAFlowThatChangesTheOrderWithinAKey() {
        AtomicInteger made = new AtomicInteger();
        FlowTester tester = FlowTester.of(bed -> {
            Flow flow = Flow.named("turned");
            boolean turned = made.getAndIncrement() > 0;
            flow.<Integer>read("in", bed.source("in", turned ? List.of(2, 1) : List.of(1, 2)))
                    .to("out", bed.sink("out", item -> "one key"));
            return flow;
        });

        assertThatThrownBy(tester::everyWay).hasMessageContaining("item 1 is '2' instead of '1'");
    }

    @Test
    void showsWhatFailsInThePlainestWayAsItIs() {
        FlowTester tester = FlowTester.of(mapping(() -> item -> {
            throw new IllegalStateException("broken on purpose");
        }));

        assertThatThrownBy(tester::everyWay)
                .isInstanceOf(RuntimeException.class)
                .hasMessageContaining("step 'map'")
                .hasStackTraceContaining("broken on purpose");
    }

    /** Or else the ways that crash would show nothing. */
    @Test
    void crashesMoreOftenThanNot() {
        AtomicInteger lives = new AtomicInteger();
        Function<TestBed, Flow> flow = bed -> {
            lives.incrementAndGet();
            return mapping(() -> item -> item).apply(bed);
        };
        FlowTester.of(flow).seed(1).crashes(0).everyWay();
        int without = lives.getAndSet(0);
        FlowTester.of(flow).seed(1).crashes(10).everyWay();

        assertThat(lives.get() - without).as("lives of ten ways that crash").isGreaterThan(2 * 10);
    }

    private static Function<TestBed, Flow> mapping(Supplier<Function<Integer, Integer>> function) {
        return bed -> {
            Flow flow = Flow.named("mapping");
            flow.<Integer>read("in", bed.source("in", ITEMS))
                    .map("map", function.get())
                    .to("out", bed.<Integer>sink("out", item -> "all"));
            return flow;
        };
    }
}
