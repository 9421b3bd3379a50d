package dev.penstock.connector.lancedb;

import dev.penstock.spi.data.BooleanColumn;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.IntColumn;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.RecordBatch;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;

/** Makes {@link KeyBytes} of some columns of one batch. */
final class KeyEncoder {
    private final List<Column> columns;

    KeyEncoder(RecordBatch batch, List<String> names) {
        this.columns = names.stream().map(batch::column).toList();
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

    boolean hasNull(int row) {
        for (Column column : columns) {
            if (column.isNull(row)) {
                return true;
            }
        }
        return false;
    }

    /** The key of {@code row}, none of whose values is null. */
    KeyBytes encode(int row) {
        int length = 0;
        for (Column column : columns) {
            length += length(column, row);
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        for (Column column : columns) {
            put(column, row, buffer);
        }
        return new KeyBytes(buffer.array());
    }

    private static int length(Column column, int row) {
        return column instanceof BytesColumn bytes ? Integer.BYTES + value(bytes, row).length : Long.BYTES;
    }

    private static void put(Column column, int row, ByteBuffer target) {
        if (column instanceof BytesColumn bytes) {
            byte[] value = value(bytes, row);
            target.putInt(value.length).put(value);
        } else if (column instanceof LongColumn longs) {
            target.putLong(longs.get(row));
        } else if (column instanceof IntColumn ints) {
            target.putLong(ints.get(row));
        } else {
            target.putLong(((BooleanColumn) column).get(row) ? 1 : 0);
        }
    }

    private static byte[] value(BytesColumn column, int row) {
        byte[] value = column.bytes(row);
        // One number has many two's complements; the shortest of them is the key.
        return column.type() instanceof DataType.Decimal ? new BigInteger(value).toByteArray() : value;
    }
}
