package dev.penstock.dataflow.flow;

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

    private Items() {}

    /** The objects in the column at {@code index}; as many as the batch has rows, not to be changed. */
    static @Nullable Object[] column(RecordBatch batch, int index) {
        return ((ObjectColumn) batch.column(index)).values();
    }

    /** A stream's batch of the first {@code count} of {@code items}, which are kept. */
    static RecordBatch stream(@Nullable Object[] items, int count) {
        return RecordBatch.of(STREAM, count, List.of(objects(items, count)));
    }

    /** A keyed stream's batch of the first {@code count} of {@code keys} and {@code items}, which are kept. */
    static RecordBatch keyed(@Nullable Object[] keys, @Nullable Object[] items, int count) {
        return RecordBatch.of(KEYED, count, List.of(objects(keys, count), objects(items, count)));
    }

    private static ObjectColumn objects(@Nullable Object[] values, int count) {
        return new ObjectColumn(count == values.length ? values : Arrays.copyOf(values, count));
    }
}
