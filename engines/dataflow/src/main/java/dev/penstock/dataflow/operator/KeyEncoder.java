package dev.penstock.dataflow.operator;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.Arrays;
import java.util.List;

/**
 * Makes keys of rows, into a buffer that is used again, so that a known key costs no allocation.
 *
 * <p><b>Order of calls:</b> {@code (bind (encode (bytes | length | hash | key)*)*)*}. Not thread safe.
 */
public final class KeyEncoder {
    private final int[] indexes;
    private final ColumnKeys[] columns;
    private final Column[] bound;
    private final KeyBuffer buffer = new KeyBuffer();

    /**
     * An encoder of rows of {@code schema} by {@code columns}; no columns make one key of all rows.
     *
     * @throws IllegalArgumentException if a column is missing, or of a type of many values, such as a list
     */
    public KeyEncoder(Schema schema, List<String> columns) {
        this.indexes = columns.stream().mapToInt(schema::indexOf).toArray();
        this.columns = new ColumnKeys[indexes.length];
        this.bound = new Column[indexes.length];
        for (String name : columns) {
            DataType type = schema.field(name).type();
            if (!ColumnKeys.isPossible(type)) {
                throw new IllegalArgumentException("Cannot key by column '" + name + "' of type " + type.text()
                        + ": it has many values; use a column of single ones");
            }
        }
    }

    /** Makes {@code batch}, which has the schema, the one whose rows are encoded. */
    public void bind(RecordBatch batch) {
        for (int i = 0; i < indexes.length; i++) {
            bound[i] = batch.column(indexes[i]);
            columns[i] = ColumnKeys.of(bound[i]);
        }
    }

    /** Encodes {@code row} of the bound batch, over what was encoded before. */
    public void encode(int row) {
        buffer.clear();
        for (int i = 0; i < columns.length; i++) {
            if (bound[i].isNull(row)) {
                buffer.put(KeyFormat.NULL);
            } else {
                columns[i].append(row, buffer);
            }
        }
        if (columns.length == 0) {
            buffer.put(KeyFormat.NULL);
        }
    }

    /** The buffer, of which the first {@link #length} bytes are the key; valid until the next {@link #encode}. */
    public byte[] bytes() {
        return buffer.bytes();
    }

    /** The number of bytes of the key. */
    public int length() {
        return buffer.size();
    }

    /** The hash of the key, see {@link KeyHash}. */
    public long hash() {
        return KeyHash.of(buffer.bytes(), 0, buffer.size());
    }

    /** The key as a value of its own. */
    public Key key() {
        return Key.of(Arrays.copyOf(buffer.bytes(), buffer.size()));
    }
}
