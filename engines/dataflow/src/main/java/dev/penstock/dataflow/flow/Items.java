package dev.penstock.dataflow.flow;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.ObjectColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How the items of streams lie in batches: a stream has one column of objects, a keyed stream two. */
final class Items {
    /** The column of the canonical key, see {@link KeyType}, in a keyed stream; its index is 0. */
    static final String KEY = "key";

    /** The column of the items; its index is 0 in a stream, 1 in a keyed one. */
    static final String ITEM = "item";

    static final Schema STREAM = Schema.of(Field.of(ITEM, DataType.OBJECT));
    static final Schema KEYED = Schema.of(Field.of(KEY, DataType.OBJECT), Field.of(ITEM, DataType.OBJECT));

    private static final int[] NO_COLUMN = {};

    private Items() {}

    /** The objects in the column at {@code index}; as many as the batch has rows, not to be changed. */
    static @Nullable Object[] column(RecordBatch batch, int index) {
        return ((ObjectColumn) batch.column(index)).values();
    }

    /**
     * The items of a stream or keyed stream, which are of the stream's type because only typed methods make streams;
     * not to be changed.
     */
    @SuppressWarnings("unchecked")
    static <T> T[] of(RecordBatch batch) {
        return (T[]) column(batch, batch.columns().size() - 1);
    }

    /** A stream's batch of the first {@code count} of {@code items}, which are kept. */
    static RecordBatch stream(@Nullable Object[] items, int count) {
        return RecordBatch.of(STREAM, count, List.of(objects(items, count)));
    }

    /** A keyed stream's batch of the first {@code count} of {@code keys} and {@code items}, which are kept. */
    static RecordBatch keyed(@Nullable Object[] keys, @Nullable Object[] items, int count) {
        return RecordBatch.of(KEYED, count, List.of(objects(keys, count), objects(items, count)));
    }

    /** The rows of {@code batch}, with their keys, times and origin, and other items; they are kept. */
    static RecordBatch replaced(RecordBatch batch, @Nullable Object[] items) {
        Column column = objects(items, batch.rowCount());
        return batch.columns().size() == 1
                ? batch.withColumns(STREAM, List.of(column))
                : batch.withColumns(KEYED, List.of(batch.column(0), column));
    }

    /**
     * The first {@code count} of {@code items}, the one at {@code i} with the key, time and origin of {@code rows[i]}
     * in {@code batch}; both arrays are kept.
     */
    static RecordBatch replaced(RecordBatch batch, int[] rows, @Nullable Object[] items, int count) {
        RecordBatch picked =
                (batch.columns().size() == 1 ? batch.project(NO_COLUMN) : batch.project(0)).take(rows, count);
        Column column = objects(items, count);
        return batch.columns().size() == 1
                ? picked.withColumns(STREAM, List.of(column))
                : picked.withColumns(KEYED, List.of(picked.column(0), column));
    }

    /** The rows of a stream's {@code batch} with keys. */
    static RecordBatch withKeys(RecordBatch batch, Object[] keys) {
        return batch.withColumns(KEYED, List.of(objects(keys, batch.rowCount()), batch.column(0)));
    }

    /** The rows of a keyed stream's {@code batch} without their keys. */
    static RecordBatch withoutKeys(RecordBatch batch) {
        return batch.withColumns(STREAM, List.of(batch.column(1)));
    }

    static ObjectColumn objects(@Nullable Object[] values, int count) {
        return new ObjectColumn(count == values.length ? values : Arrays.copyOf(values, count));
    }
}
