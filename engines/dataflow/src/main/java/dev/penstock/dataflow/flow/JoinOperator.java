package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.dataflow.operator.KeyedOperator;
import dev.penstock.dataflow.operator.KeyedRows;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Joins the items of a key that come on several inputs. */
final class JoinOperator<R> implements KeyedOperator<JoinSides> {
    private final int sideCount;
    private final InsertMode insert;
    private final EmitMode emit;
    private final Function<@Nullable Object[], ? extends R> combiner;

    JoinOperator(JoinSpec<?> spec, Function<@Nullable Object[], ? extends R> combiner) {
        this.sideCount = spec.sides().size();
        this.insert = spec.insert();
        this.emit = spec.emit();
        this.combiner = combiner;
    }

    @Override
    public void onRows(KeyedRows rows, KeyContext<JoinSides> context) {
        Object[] items = Items.of(rows.batch());
        Object key = ItemRows.key(rows);
        JoinSides sides = context.state().orElseGet(() -> new JoinSides(sideCount));
        for (int i = 0; i < rows.count(); i++) {
            int row = rows.row(i);
            sides.add(rows.input(), items[row], insert);
            boolean complete = emit == EmitMode.COMPLETE && sides.isComplete();
            if (complete || emit == EmitMode.RUNNING) {
                long time = rows.batch().eventTime(row);
                sides.forEachRow(values -> context.emitAt(0, time, key, combined(values)));
            }
            if (complete) {
                sides.clear();
            }
        }
        if (sides.isEmpty()) {
            context.drop();
        } else {
            context.put(sides);
        }
    }

    @Override
    public void onEnd(KeyContext<JoinSides> context) {
        if (emit == EmitMode.FINAL) {
            context.state().ifPresent(sides -> sides.forEachRow(values -> ItemRows.emit(context, combined(values))));
            context.drop();
        }
    }

    private Object combined(@Nullable Object[] values) {
        return requireNonNull(combiner.apply(values), "what the join gives");
    }
}
