package dev.penstock.connector.iceberg;

import dev.penstock.spi.data.BooleanColumn;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.IntColumn;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.Arrays;
import java.util.List;

/** The columns of a batch that tell rows apart, and the bytes of their values, which are equal if the values are. */
final class KeyColumns {
    private final RecordBatch batch;
    private byte[] bytes = new byte[64];
    private int length;

    private KeyColumns(RecordBatch batch) {
        this.batch = batch;
    }

    /** Those of {@code names}, all of which {@code rows} must have. */
    static KeyColumns of(RecordBatch rows, List<String> names) {
        List<Field> fields = names.stream().map(rows.schema()::field).toList();
        List<Column> columns = names.stream().map(rows::column).toList();
        return new KeyColumns(RecordBatch.of(new Schema(fields), rows.rowCount(), columns));
    }

    /** Whether values of {@code type} can tell rows apart. */
    static boolean supports(DataType type) {
        return !(type instanceof DataType.ListOf
                || type instanceof DataType.FixedList
                || type instanceof DataType.Struct
                || type instanceof DataType.MapOf
                || type == DataType.FLOAT32
                || type == DataType.FLOAT64);
    }

    /** These columns alone, as many rows as there are. */
    RecordBatch batch() {
        return batch;
    }

    boolean hasNull(int row) {
        for (Column column : batch.columns()) {
            if (column.isNull(row)) {
                return true;
            }
        }
        return false;
    }

    /** Looks at {@code row}, in which no value is null. */
    KeyColumns at(int row) {
        length = 0;
        for (Column column : batch.columns()) {
            if (column instanceof BytesColumn texts) {
                putBytes(texts, row);
            } else {
                putNumber(number(column, row));
            }
        }
        return this;
    }

    private static long number(Column column, int row) {
        if (column instanceof LongColumn numbers) {
            return numbers.get(row);
        }
        return column instanceof IntColumn numbers ? numbers.get(row) : ((BooleanColumn) column).get(row) ? 1 : 0;
    }

    private void putNumber(long number) {
        ensure(Long.BYTES);
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            bytes[length++] = (byte) (number >>> shift);
        }
    }

    private void putBytes(BytesColumn column, int row) {
        byte[] data = column.data();
        int end = column.offsets()[row + 1];
        int start = column.offsets()[row];
        if (column.type() instanceof DataType.Decimal) {
            start = shortest(data, start, end);
        }
        // How long it is comes first, so that no two keys of several columns run into each other.
        putNumber(end - (long) start);
        ensure(end - start);
        System.arraycopy(data, start, bytes, length, end - start);
        length += end - start;
    }

    /** Where the shortest of the two's complements of a number begins, of which it may be written with any. */
    private static int shortest(byte[] data, int from, int end) {
        int start = from;
        while (start < end - 1 && data[start] == (data[start + 1] >> 7)) {
            start++;
        }
        return start;
    }

    private void ensure(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
    }

    /** The key of the row that was looked at; the first {@link #length} count; changes with the next row. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }
}
