package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.flow.EmitMode;
import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.InsertMode;
import dev.penstock.dataflow.flow.Join;
import dev.penstock.dataflow.flow.Join2;
import dev.penstock.dataflow.flow.KeyedStream;
import dev.penstock.dataflow.flow.Stream;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Case 24, end to end; the sides come from one source, in turn. */
final class JoinCasesTest {
    private static final List<String> ONE_AND_TWO = List.of("L1", "R2", "R3");

    /** Case 24. */
    @Test
    void keepsTheFirstOfASide() {
        assertThat(joined(
                        ONE_AND_TWO,
                        join -> join.insert(InsertMode.FIRST)
                                .emit(EmitMode.FINAL)
                                .as("join", (left, right) -> left.orElse("-") + right.orElse("-"))))
                .containsExactly("12");
    }

    /** Case 24. */
    @Test
    void keepsTheLastOfASide() {
        assertThat(joined(
                        ONE_AND_TWO,
                        join -> join.insert(InsertMode.LAST)
                                .emit(EmitMode.FINAL)
                                .as("join", (left, right) -> left.orElse("-") + right.orElse("-"))))
                .containsExactly("13");
    }

    /** Case 24. */
    @Test
    void givesARowForEachItemIfItRuns() {
        assertThat(joined(
                        ONE_AND_TWO,
                        join -> join.insert(InsertMode.LAST)
                                .emit(EmitMode.RUNNING)
                                .as("join", (left, right) -> left.orElse("-") + right.orElse("-"))))
                .containsExactly("1-", "12", "13");
    }

    /** Case 24. */
    @Test
    void givesAllPairsOfAProduct() {
        assertThat(joined(
                        List.of("L1", "R3", "L2", "R4"),
                        join -> join.insert(InsertMode.PRODUCT)
                                .emit(EmitMode.FINAL)
                                .as("join", (left, right) -> left.orElse("-") + right.orElse("-"))))
                .containsExactly("13", "14", "23", "24");
    }

    /** Case 24. */
    @Test
    void givesARowWhenBothSidesAreThereIfNothingElseIsSaid() {
        assertThat(joined(List.of("L1", "R2"), join -> join.as("join", (left, right) -> left + right)))
                .containsExactly("12");
    }

    private static List<String> joined(
            List<String> items, Function<Join2<String, String, String>, KeyedStream<String, String>> join) {
        return FlowTester.of(bed -> {
                    Flow flow = Flow.named("join");
                    Stream<String> sides = flow.read("in", bed.source("in", items));
                    join.apply(Join.of(side(sides, "L"), side(sides, "R")))
                            .dropKey("rows")
                            .to("out", bed.<String>sink("out", row -> "all"));
                    return flow;
                })
                .everyWay()
                .of("out");
    }

    private static KeyedStream<String, String> side(Stream<String> sides, String name) {
        return sides.filter("only-" + name, item -> item.startsWith(name))
                .map("value-" + name, item -> item.substring(1))
                .keyBy("key-" + name, item -> "all");
    }
}
