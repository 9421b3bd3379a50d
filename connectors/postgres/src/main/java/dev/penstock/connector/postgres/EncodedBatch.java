package dev.penstock.connector.postgres;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.util.Arrays;
import java.util.List;

/**
 * The rows of a batch as COPY BINARY takes them, each where it can be found again. Made anew for each batch into the
 * same memory. Not thread safe.
 */
final class EncodedBatch {
    private final StagingLayout layout;
    private final CopyBuffer out = new CopyBuffer(1 << 16);
    private int[] rows = new int[0];
    private int[] starts = new int[1];
    private int count;
    private long deletes;
    private long partials;

    EncodedBatch(StagingLayout layout) {
        this.layout = layout;
    }

    /** The number of rows that can be sent. */
    int count() {
        return count;
    }

    long bytes() {
        return out.size();
    }

    /** The number of the sent row {@code index} in its batch. */
    int row(int index) {
        return rows[index];
    }

    byte[] data() {
        return out.bytes();
    }

    /** Where the row {@code index} begins in {@link #data}. */
    int start(int index) {
        return starts[index];
    }

    /** Encodes what is not rejected, and rejects what cannot be; rows are numbered from {@code firstNumber} on. */
    void encode(RecordBatch batch, Column[] columns, long firstNumber, Rejections rejections) {
        out.clear();
        count = 0;
        if (rows.length < batch.rowCount()) {
            rows = new int[batch.rowCount()];
            starts = new int[batch.rowCount() + 1];
        }
        Arrays.fill(starts, 0, 1, 0);
        RowEncoding encoding = new RowEncoding(batch, columns);
        for (int row = 0; row < batch.rowCount(); row++) {
            if (!rejections.has(row) && encoding.write(row, firstNumber + row, rejections)) {
                rows[count++] = row;
                starts[count] = out.size();
            }
        }
    }

    /** How many deletes and partial updates there are among the rows that {@code sent} says were sent. */
    Kinds kinds(RecordBatch batch, Rejections rejections) {
        deletes = 0;
        partials = 0;
        if (!batch.allInserts()) {
            for (int i = 0; i < count; i++) {
                if (!rejections.has(rows[i])) {
                    deletes += batch.operation(rows[i]) == Operation.DELETE ? 1 : 0;
                    partials += layout.isPartial(batch, rows[i]) ? 1 : 0;
                }
            }
        }
        return new Kinds(deletes, partials);
    }

    /** How many rows of a batch are not whole. */
    record Kinds(long deletes, long partials) {}

    /** Writes the rows of one batch. */
    private final class RowEncoding {
        private final RecordBatch batch;
        private final Column[] columns;
        private final ValueWriter[] writers;
        private final boolean anyUnchanged;

        RowEncoding(RecordBatch batch, Column[] columns) {
            this.batch = batch;
            this.columns = columns;
            this.writers = new ValueWriter[columns.length];
            List<SinkColumn> targets = layout.columns();
            for (int i = 0; i < columns.length; i++) {
                writers[i] = targets.get(i).writer(columns[i]);
            }
            this.anyUnchanged = batch.anyUnchanged();
        }

        /** Whether the row could be written; nothing of it is there if not. */
        boolean write(int row, long number, Rejections rejections) {
            int start = out.size();
            out.putShort(layout.width());
            for (int i = 0; i < columns.length; i++) {
                if (columns[i].isNull(row)) {
                    out.putNull();
                } else if (!writeValue(i, row, rejections)) {
                    out.truncate(start);
                    return false;
                }
            }
            if (layout.isNumbered()) {
                out.putInt(Long.BYTES);
                out.putLong(number);
            }
            if (layout.isUpsert()) {
                out.putInt(Short.BYTES);
                out.putShort(batch.operation(row).code());
                writeKept(row);
            }
            return true;
        }

        private boolean writeValue(int column, int row, Rejections rejections) {
            try {
                writers[column].write(row, out);
                return true;
            } catch (ValueException | ArithmeticException e) {
                String name = layout.columns().get(column).name();
                rejections.add(row, "column '" + name + "': " + e.getMessage());
                return false;
            }
        }

        /** A bit for each column that stays as it is, or null if none does. */
        private void writeKept(int row) {
            if (!anyUnchanged || !layout.isPartial(batch, row)) {
                out.putNull();
                return;
            }
            int start = out.beginValue();
            for (int first = 0; first < columns.length; first += Byte.SIZE) {
                int bits = 0;
                for (int i = first; i < Math.min(columns.length, first + Byte.SIZE); i++) {
                    bits |= columns[i].isUnchanged(row) ? 1 << (i - first) : 0;
                }
                out.putByte(bits);
            }
            out.endValue(start);
        }
    }
}
