package dev.penstock.dataflow.format;

import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.IntColumn;
import dev.penstock.spi.data.LongColumn;
import java.math.BigInteger;
import java.util.Base64;

/**
 * The writers of values as Debezium writes them.
 *
 * @param schemas whether readers are told the units of times; they take them for microseconds otherwise, so that finer
 *     ones are written as text
 */
record EventValues(boolean schemas) {
    private static final byte[] QUOTE = {'"'};

    /** A writer of values of a column of a table, which may be null, or unchanged. */
    JsonWriter column(Column column) {
        JsonWriter writer = JsonWriter.nullable(column, this::scalar);
        if (!column.validity().anyUnchanged()) {
            return writer;
        }
        byte[][] forms = new Unavailable(DebeziumOptions.Values.PLACEHOLDER, DebeziumOptions.Binaries.BASE64)
                .forms(column.type());
        return (row, out) -> {
            if (!column.isUnchanged(row)) {
                writer.write(row, out);
            } else if (forms.length == 0) {
                throw new ValueException(
                        "is unchanged, which cannot be said of " + column.type().text());
            } else {
                out.put(forms[0]);
            }
        };
    }

    private JsonWriter scalar(Column column) {
        DataType type = column.type();
        if (column instanceof IntColumn days && type == DataType.DATE) {
            return (row, out) -> out.putLong(days.get(row));
        }
        if (column instanceof LongColumn longs && type instanceof DataType.Decimal) {
            return (row, out) -> decimal(BigInteger.valueOf(longs.get(row)).toByteArray(), out);
        }
        if (column instanceof LongColumn times && isCount(type)) {
            return (row, out) -> out.putLong(times.get(row));
        }
        if (column instanceof BytesColumn bytes && type instanceof DataType.Decimal) {
            return (row, out) -> decimal(bytes.bytes(row), out);
        }
        return column instanceof BytesColumn texts && type == DataType.JSON ? json(texts) : JsonWriter.scalar(column);
    }

    private boolean isCount(DataType type) {
        if (type instanceof DataType.Timestamp timestamp) {
            return !timestamp.zoned() && (schemas || timestamp.precision() == DataType.Precision.MICROS);
        }
        return type == DataType.TIME;
    }

    private static void decimal(byte[] unscaled, ByteOutput out) {
        out.put(QUOTE);
        out.put(Base64.getEncoder().encode(unscaled));
        out.put(QUOTE);
    }

    private static JsonWriter json(BytesColumn texts) {
        return (row, out) -> JsonStrings.put(texts.data(), texts.start(row), texts.start(row + 1), out);
    }
}
