package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.KeyEncoder;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.spi.data.ObjectColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sorts the rows of a batch by key, with arrays that are used again for each batch. The groups are numbered from 0, in
 * the order of their first rows.
 */
final class KeyRowGroups<S> {
    private static final int FIRST_CAPACITY = 64;

    private final int input;
    private final KeyIdentity identity;
    private final KeyEncoder encoder;
    private final int keyColumn;
    private final Rows rows = new Rows();

    /** By group: its key, and where its rows begin, which while they are counted is how many there are. */
    private KeyEntry<S>[] entries = newEntries(FIRST_CAPACITY);

    private int[] starts = new int[FIRST_CAPACITY + 1];
    private int count;

    /** By row: its group. */
    private int[] groupOf = new int[FIRST_CAPACITY];

    private int[] rowsByGroup = new int[FIRST_CAPACITY];

    /** By run of rows with one key: that key. */
    private Object[] ids = new Object[FIRST_CAPACITY];

    private KeyEntry<S>[] found = newEntries(FIRST_CAPACITY);

    KeyRowGroups(int input, KeyIdentity identity, Schema schema, List<String> keyColumns) {
        this.input = input;
        this.identity = identity;
        this.encoder = new KeyEncoder(schema, keyColumns);
        this.keyColumn = identity == KeyIdentity.OBJECTS ? schema.indexOf(keyColumns.get(0)) : 0;
    }

    /** Finds the keys of {@code batch} in {@code live}, or adds them; gives the number of groups. */
    int group(LateMarks.Read read, LiveKeys<S> live) {
        RecordBatch batch = read.batch();
        int rowCount = batch.rowCount();
        if (groupOf.length < rowCount) {
            groupOf = new int[rowCount];
            rowsByGroup = new int[rowCount];
            ids = new Object[identity == KeyIdentity.OBJECTS ? rowCount : 0];
            found = newEntries(ids.length);
        }
        count = 0;
        if (identity == KeyIdentity.OBJECTS) {
            groupObjects(((ObjectColumn) batch.column(keyColumn)).values(), live);
        } else {
            groupBytes(batch, live);
        }
        arrange(rowCount);
        rows.read = read;
        return count;
    }

    /** Rows beside each other often have the same key, and need only one look then. */
    private void groupObjects(@Nullable Object[] keys, LiveKeys<S> live) {
        int runs = 0;
        Object before = this;
        for (int row = 0; row < keys.length; row++) {
            Object key = keys[row];
            if (key != before) {
                before = key;
                ids[runs++] = KeyIdentity.ofValue(key);
            }
            groupOf[row] = runs - 1;
        }
        live.findOrAdd(ids, runs, rowsByGroup, found);
        for (int row = 0; row < keys.length; row++) {
            int group = group(found[groupOf[row]]);
            groupOf[row] = group;
            starts[group]++;
        }
        Arrays.fill(ids, 0, runs, null);
        Arrays.fill(found, 0, runs, null);
    }

    private void groupBytes(RecordBatch batch, LiveKeys<S> live) {
        encoder.bind(batch);
        for (int row = 0; row < batch.rowCount(); row++) {
            encoder.encode(row);
            int group = group(live.findOrAdd(encoder.bytes(), encoder.length(), encoder.hash()));
            groupOf[row] = group;
            starts[group]++;
        }
    }

    private int group(KeyEntry<S> entry) {
        int group = entry.group;
        if (group == KeyEntry.NO_GROUP) {
            group = count++;
            if (group == entries.length) {
                entries = Arrays.copyOf(entries, group * 2);
                starts = Arrays.copyOf(starts, group * 2 + 1);
            }
            entries[group] = entry;
            starts[group] = 0;
            entry.group = group;
        }
        return group;
    }

    /** Lays the rows of each group side by side. */
    private void arrange(int rowCount) {
        int end = 0;
        for (int group = 0; group < count; group++) {
            end += starts[group];
            starts[group] = end;
            entries[group].group = KeyEntry.NO_GROUP;
        }
        starts[count] = end;
        for (int row = rowCount - 1; row >= 0; row--) {
            rowsByGroup[--starts[groupOf[row]]] = row;
        }
    }

    /** The key of a group. */
    KeyEntry<S> entry(int group) {
        return entries[group];
    }

    /** The rows of a group, in an object that the next call changes. */
    KeyedRows rows(int group, long watermark) {
        rows.from = starts[group];
        rows.rowCount = starts[group + 1] - starts[group];
        rows.watermark = watermark;
        return rows;
    }

    /** Forgets the batch. */
    void clear() {
        rows.read = null;
        Arrays.fill(entries, 0, count, null);
        count = 0;
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <S> KeyEntry<S>[] newEntries(int count) {
        return new KeyEntry[count];
    }

    /** Rows of one key. */
    private final class Rows implements KeyedRows {
        private LateMarks.@Nullable Read read;
        private int from;
        private int rowCount;
        private long watermark;

        @Override
        public int input() {
            return input;
        }

        @Override
        public RecordBatch batch() {
            return read().batch();
        }

        private LateMarks.Read read() {
            LateMarks.Read current = read;
            if (current == null) {
                throw new IllegalStateException("Cannot use rows outside of the call they were handed to");
            }
            return current;
        }

        @Override
        public int count() {
            return rowCount;
        }

        @Override
        public int row(int index) {
            return rowsByGroup[from + index];
        }

        @Override
        public long watermark(int index) {
            return read().watermark(row(index), watermark);
        }
    }
}
