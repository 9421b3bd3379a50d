package dev.penstock.dataflow.row;

import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.window.WindowLogic;
import dev.penstock.dataflow.window.WindowOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what aggregates need of a window. */
record AggregateLogic(AggregateRows rows)
        implements WindowLogic<AggregateRow, @Nullable Object[], List<@Nullable Object>> {
    @Override
    public @Nullable Object[] first(int input, AggregateRow value, WindowOutput<List<@Nullable Object>> out) {
        return add(rows.bound().start(), input, value, out);
    }

    @Override
    public @Nullable Object[] add(
            @Nullable Object[] kept, int input, AggregateRow value, WindowOutput<List<@Nullable Object>> out) {
        return rows.bound().add(kept, value.values());
    }

    @Override
    public @Nullable Object[] merge(@Nullable Object[] earlier, @Nullable Object[] later) {
        return rows.bound().join(earlier, later);
    }

    @Override
    public void close(@Nullable Object[] kept, WindowOutput<List<@Nullable Object>> out) {
        out.emit(rows.bound().results(kept));
    }

    @Override
    public StateCodec<@Nullable Object[]> codec() {
        return new ValuesCodec();
    }
}
