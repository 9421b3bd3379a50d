package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.window.WindowLogic;
import dev.penstock.dataflow.window.WindowOutput;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Joins the items that came into a window by several inputs, which may be of different types.
 *
 * @param <R> what is made of one item of each input
 */
public final class WindowJoinLogic<R> implements WindowLogic<Object, JoinSides, R> {
    private final int sideCount;
    private final InsertMode insert;
    private final EmitMode emit;
    private final Function<@Nullable Object[], ? extends R> combiner;
    private final StateCodec<JoinSides> codec;

    /**
     * @param codecs of the items of each input
     * @param combiner makes a result of an item of each input, null where there is none
     */
    public WindowJoinLogic(
            List<? extends StateCodec<?>> codecs,
            InsertMode insert,
            EmitMode emit,
            Function<@Nullable Object[], ? extends R> combiner) {
        this.sideCount = codecs.size();
        this.insert = requireNonNull(insert, "insert");
        this.emit = requireNonNull(emit, "emit");
        this.combiner = requireNonNull(combiner, "combiner");
        this.codec = JoinSides.codec(codecs);
    }

    @Override
    public JoinSides first(int input, Object value, WindowOutput<R> out) {
        return add(new JoinSides(sideCount), input, value, out);
    }

    @Override
    public JoinSides add(JoinSides sides, int input, Object value, WindowOutput<R> out) {
        sides.add(input, value, insert);
        if (emit == EmitMode.RUNNING) {
            rows(sides, out);
        } else if (emit == EmitMode.COMPLETE && sides.isComplete()) {
            rows(sides, out);
            sides.clear();
        }
        return sides;
    }

    @Override
    public JoinSides merge(JoinSides earlier, JoinSides later) {
        earlier.addAll(later, insert);
        return earlier;
    }

    @Override
    public void close(JoinSides sides, WindowOutput<R> out) {
        if (emit == EmitMode.FINAL) {
            rows(sides, out);
        }
    }

    private void rows(JoinSides sides, WindowOutput<R> out) {
        sides.forEachRow(values -> out.emit(requireNonNull(combiner.apply(values), "what the join gives")));
    }

    @Override
    public boolean emitsWhenAdding() {
        return emit != EmitMode.FINAL;
    }

    @Override
    public StateCodec<JoinSides> codec() {
        return codec;
    }
}
