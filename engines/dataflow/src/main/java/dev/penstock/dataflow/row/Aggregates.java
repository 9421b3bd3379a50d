package dev.penstock.dataflow.row;

import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All columns of results of a step, for rows of one schema; what they keep lies in one array. */
final class Aggregates {
    private final List<Aggregate> aggregates;
    private final List<Slot> slots = new ArrayList<>();
    /** The column each slot takes from, or -1 for the rows themselves. */
    private final List<Integer> columns = new ArrayList<>();

    private final List<Integer> firstSlots = new ArrayList<>();

    Aggregates(List<Aggregate> aggregates, Schema input) {
        this.aggregates = List.copyOf(aggregates);
        for (Aggregate aggregate : aggregates) {
            firstSlots.add(slots.size());
            int column = aggregate.column().isEmpty() ? -1 : input.indexOf(aggregate.column());
            for (Slot slot : aggregate.slots(input)) {
                slots.add(slot);
                columns.add(column);
            }
        }
    }

    /** The columns of results. */
    static List<Field> fields(List<Aggregate> aggregates, Schema input) {
        return aggregates.stream()
                .map(aggregate -> Field.of(aggregate.name(), aggregate.type(input)))
                .toList();
    }

    /** The values that the {@code index}th of {@code rows} gives to the slots; null where it gives none. */
    @Nullable Object[] values(KeyedRows rows, int index) {
        RecordBatch batch = rows.batch();
        int row = rows.row(index);
        @Nullable Object[] values = new Object[slots.size()];
        for (int slot = 0; slot < values.length; slot++) {
            values[slot] = value(batch, columns.get(slot), row);
        }
        return values;
    }

    private static @Nullable Object value(RecordBatch batch, int index, int row) {
        if (index < 0) {
            return true;
        }
        Column column = batch.column(index);
        return column.isNull(row) ? null : column.value(row);
    }

    /** What is kept before the first row. */
    @Nullable Object[] start() {
        return new Object[slots.size()];
    }

    /** Adds the values of a row to what is kept, in place. */
    @Nullable Object[] add(@Nullable Object[] kept, @Nullable Object[] values) {
        for (int slot = 0; slot < kept.length; slot++) {
            Object value = values[slot];
            if (value != null) {
                kept[slot] = slots.get(slot).add(kept[slot], value);
            }
        }
        return kept;
    }

    /** What is kept of two windows that became one. */
    @Nullable Object[] join(@Nullable Object[] one, @Nullable Object[] other) {
        @Nullable Object[] joined = new Object[one.length];
        for (int slot = 0; slot < joined.length; slot++) {
            Object left = one[slot];
            Object right = other[slot];
            joined[slot] = left == null || right == null
                    ? (left == null ? right : left)
                    : slots.get(slot).join(left, right);
        }
        return joined;
    }

    /** The results, in the order of the aggregates. */
    List<@Nullable Object> results(@Nullable Object[] kept) {
        List<@Nullable Object> results = new ArrayList<>(aggregates.size());
        for (int i = 0; i < aggregates.size(); i++) {
            results.add(aggregates.get(i).result(kept, firstSlots.get(i)));
        }
        return results;
    }
}
