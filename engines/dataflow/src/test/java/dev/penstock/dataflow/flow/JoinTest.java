package dev.penstock.dataflow.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.operator.StateBytes;
import dev.penstock.dataflow.operator.StateCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Joins, also when the state is written and read after every call. */
@ParameterizedClass
@ValueSource(booleans = {false, true})
final class JoinTest {
    private final boolean restoring;
    private Flow flow = Flow.named("test").withoutCheckpoint();
    private KeyedStream<String, Integer> left = side("left");
    private KeyedStream<String, Integer> right = side("right");

    JoinTest(boolean restoring) {
        this.restoring = restoring;
    }

    private KeyedStream<String, Integer> side(String name) {
        return flow.read(name, ItemSource.of(List.<Integer>of())).keyBy(name + "-key", String::valueOf);
    }

    private static String text(Optional<Integer> one, Optional<Integer> other) {
        return "(" + one.map(String::valueOf).orElse("None") + ","
                + other.map(String::valueOf).orElse("None") + ")";
    }

    private List<String> join(
            BiFunction<KeyedStream<String, Integer>, KeyedStream<String, Integer>, KeyedStream<String, String>> join,
            List<Integer> lefts,
            List<Integer> rights) {
        flow = Flow.named("test").withoutCheckpoint();
        left = side("left");
        right = side("right");
        ReferenceStage<?> stage = ReferenceStage.of(flow, restoring, join.apply(left, right));
        for (int i = 0; i < Math.max(lefts.size(), rights.size()); i++) {
            if (i < lefts.size()) {
                stage.feed(0, "k", lefts.get(i));
            }
            if (i < rights.size()) {
                stage.feed(1, "k", rights.get(i));
            }
        }
        stage.end();
        return stage.taken();
    }

    private List<String> outer(InsertMode insert, EmitMode emit, List<Integer> lefts, List<Integer> rights) {
        return join((l, r) -> Join.of(l, r).insert(insert).emit(emit).as("join", JoinTest::text), lefts, rights);
    }

    @Test
    void givesARowWhenBothSidesHaveAnItem() {
        assertThat(join((l, r) -> Join.of(l, r).as("join", (a, b) -> a + "+" + b), List.of(1), List.of(2)))
                .containsExactly("k=1+2");
        assertThat(outer(InsertMode.LAST, EmitMode.COMPLETE, List.of(1), List.of()))
                .isEmpty();
    }

    @Test
    void forgetsAKeyThatWasComplete() {
        assertThat(outer(InsertMode.LAST, EmitMode.COMPLETE, List.of(1, 3), List.of(2, 4)))
                .containsExactly("k=(1,2)", "k=(3,4)");
    }

    @Test
    void keepsTheFirstOrTheLastItemOfASideUntilTheEnd() {
        assertThat(outer(InsertMode.FIRST, EmitMode.FINAL, List.of(1), List.of(2, 3)))
                .containsExactly("k=(1,2)");
        assertThat(outer(InsertMode.LAST, EmitMode.FINAL, List.of(1), List.of(2, 3)))
                .containsExactly("k=(1,3)");
        assertThat(outer(InsertMode.LAST, EmitMode.FINAL, List.of(), List.of(2)))
                .containsExactly("k=(None,2)");
    }

    @Test
    void givesWhatItHasAfterEachItem() {
        assertThat(outer(InsertMode.LAST, EmitMode.RUNNING, List.of(1), List.of(2, 3)))
                .containsExactly("k=(1,None)", "k=(1,2)", "k=(1,3)");
    }

    @Test
    void joinsEachItemWithEachOther() {
        assertThat(outer(InsertMode.PRODUCT, EmitMode.FINAL, List.of(1, 2), List.of(3, 4)))
                .containsExactly("k=(1,3)", "k=(1,4)", "k=(2,3)", "k=(2,4)");
    }

    @Test
    void joinsThreeSidesAndMore() {
        KeyedStream<String, Integer> third = side("third");
        ReferenceStage<?> three = ReferenceStage.of(
                flow, restoring, Join.of(left, right, third).as("three", (a, b, c) -> a + "+" + b + "+" + c));
        three.feed(2, "k", 3);
        three.feed(0, "k", 1, "x", 1);
        three.feed(1, "k", 2);
        assertThat(three.taken()).containsExactly("k=1+2+3");
        assertThat(three.liveKeys()).isEqualTo(1);
    }

    @Test
    void joinsAListOfSidesWithCodecsOfTheirOwn() {
        KeyedStream<String, String> texts =
                flow.read("texts", ItemSource.of(List.<String>of())).keyBy("text-key", text -> text);
        KeyedStream<String, String> rows = Join.all(List.of(left, right, texts))
                .codecs(List.of(StateCodec.ofInt(), StateCodec.ofInt(), StateCodec.ofString()))
                .emit(EmitMode.FINAL)
                .as("all", row -> row.side(0, Integer.class) + " " + row.side(2, String.class));
        ReferenceStage<?> stage = ReferenceStage.of(flow, restoring, rows);
        stage.feed(2, "k", "text");
        stage.feed(1, "k", 1);
        stage.end();
        assertThat(stage.taken()).containsExactly("k=Optional.empty Optional[text]");
    }

    @Test
    void mergesSidesByWhatTheModeSays() {
        assertThat(merged(InsertMode.FIRST)).containsExactly("[1, 9]");
        assertThat(merged(InsertMode.LAST)).containsExactly("[3, 9]");
        assertThat(merged(InsertMode.PRODUCT)).containsExactly("[1, 9]", "[2, 9]", "[3, 9]");
    }

    private static List<String> merged(InsertMode mode) {
        JoinSides older = new JoinSides(2);
        older.add(0, 1, mode);
        JoinSides newer = new JoinSides(2);
        newer.add(0, 2, mode);
        newer.add(0, 3, mode);
        newer.add(1, 9, mode);
        older.addAll(newer, mode);
        StateCodec<JoinSides> codec = JoinSides.codec(List.of(StateCodec.ofInt(), StateCodec.ofInt()));
        List<String> rows = new ArrayList<>();
        StateBytes.copy(codec, older).forEachRow(row -> rows.add(Arrays.toString(row)));
        return rows;
    }

    @Test
    void refusesAJoinOfOneStream() {
        assertThatThrownBy(() -> Join.all(List.of(left)))
                .hasMessage("Cannot join 1 streams: a join has at least two sides; give more");
    }
}
