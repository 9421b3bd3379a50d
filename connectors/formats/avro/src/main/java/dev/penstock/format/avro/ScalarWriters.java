package dev.penstock.format.avro;

import dev.penstock.format.avro.ValueWriter.Binding;
import dev.penstock.spi.data.BooleanColumn;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.DoubleColumn;
import dev.penstock.spi.data.FloatColumn;
import dev.penstock.spi.data.IntColumn;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.format.BadRecordException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.avro.Schema;

/** Makes writers of values that are no list, struct or map. */
final class ScalarWriters {
    private ScalarWriters() {}

    /** A writer of {@code type} as {@code schema}; empty if the one is never the other. */
    static Optional<Binding> of(Schema schema, DataType type) {
        if (type instanceof DataType.Timestamp timestamp) {
            return Logical.timestamp(schema, timestamp.zoned())
                    .map(unit -> units(
                            timestamp.precision() == DataType.Precision.NANOS
                                    ? Logical.Unit.NANOS
                                    : Logical.Unit.MICROS,
                            unit));
        }
        if (type instanceof DataType.Decimal decimal) {
            return DecimalWriter.of(schema, decimal);
        }
        return type instanceof DataType.Scalar scalar ? scalar(schema, scalar) : Optional.empty();
    }

    private static Optional<Binding> scalar(Schema schema, DataType.Scalar type) {
        return switch (type) {
            case BOOLEAN ->
                when(
                        schema.getType() == Schema.Type.BOOLEAN,
                        column -> (row, out) -> out.writeBoolean(((BooleanColumn) column).get(row)));
            case INT8, INT16, INT32 -> int32(schema);
            case INT64 -> int64(schema);
            case FLOAT32 -> float32(schema);
            case FLOAT64 ->
                when(
                        schema.getType() == Schema.Type.DOUBLE,
                        column -> (row, out) -> out.writeDouble(((DoubleColumn) column).get(row)));
            case STRING -> string(schema);
            case JSON -> when(schema.getType() == Schema.Type.STRING, text());
            case BYTES -> bytes(schema);
            case UUID -> uuid(schema);
            case DATE ->
                when(Logical.isDate(schema), column -> (row, out) -> out.writeLong(((IntColumn) column).get(row)));
            case TIME -> Logical.time(schema).map(unit -> units(Logical.Unit.MICROS, unit));
        };
    }

    private static Optional<Binding> when(boolean fits, Binding binding) {
        return fits ? Optional.of(binding) : Optional.empty();
    }

    /** Times of one unit in another; digits finer than that are cut off. */
    private static Binding units(Logical.Unit from, Logical.Unit to) {
        if (from.nanos() <= to.nanos()) {
            long divisor = to.nanos() / from.nanos();
            return column -> (row, out) -> out.writeLong(Math.floorDiv(((LongColumn) column).get(row), divisor));
        }
        long factor = from.nanos() / to.nanos();
        return column -> (row, out) -> {
            long value = ((LongColumn) column).get(row);
            if (value > Long.MAX_VALUE / factor || value < Long.MIN_VALUE / factor) {
                throw new BadRecordException("is a time too far away for the schema");
            }
            out.writeLong(value * factor);
        };
    }

    private static Optional<Binding> int32(Schema schema) {
        return switch (schema.getType()) {
            case INT, LONG ->
                when(
                        schema.getLogicalType() == null,
                        column -> (row, out) -> out.writeLong(((IntColumn) column).get(row)));
            case DOUBLE -> Optional.of(column -> (row, out) -> out.writeDouble(((IntColumn) column).get(row)));
            default -> Optional.empty();
        };
    }

    private static Optional<Binding> int64(Schema schema) {
        if (schema.getType() == Schema.Type.LONG) {
            return Optional.of(column -> (row, out) -> out.writeLong(((LongColumn) column).get(row)));
        }
        return when(schema.getType() == Schema.Type.INT && schema.getLogicalType() == null, column -> (row, out) -> {
            long value = ((LongColumn) column).get(row);
            if (value != (int) value) {
                throw new BadRecordException("is more than the schema's int holds");
            }
            out.writeLong(value);
        });
    }

    private static Optional<Binding> float32(Schema schema) {
        return switch (schema.getType()) {
            case FLOAT -> Optional.of(column -> (row, out) -> out.writeFloat(((FloatColumn) column).get(row)));
            case DOUBLE -> Optional.of(column -> (row, out) -> out.writeDouble(((FloatColumn) column).get(row)));
            default -> Optional.empty();
        };
    }

    /** The bytes of each value behind their number. */
    static Binding text() {
        return column -> {
            BytesColumn texts = (BytesColumn) column;
            return (row, out) -> out.writeBytes(texts.data(), texts.start(row), texts.length(row));
        };
    }

    private static Optional<Binding> string(Schema schema) {
        return switch (schema.getType()) {
            case STRING, BYTES -> when(schema.getLogicalType() == null, text());
            case ENUM -> Optional.of(symbols(schema));
            default -> Optional.empty();
        };
    }

    private static Binding symbols(Schema schema) {
        Map<ByteBuffer, Integer> indexes = new HashMap<>();
        for (String symbol : schema.getEnumSymbols()) {
            indexes.put(ByteBuffer.wrap(symbol.getBytes(StandardCharsets.UTF_8)), indexes.size());
        }
        return column -> {
            BytesColumn texts = (BytesColumn) column;
            return (row, out) -> {
                Integer index = indexes.get(ByteBuffer.wrap(texts.data(), texts.start(row), texts.length(row)));
                if (index == null) {
                    throw new BadRecordException("is not one of the symbols of the schema");
                }
                out.writeLong(index);
            };
        };
    }

    private static Optional<Binding> bytes(Schema schema) {
        if (schema.getType() == Schema.Type.BYTES) {
            return when(schema.getLogicalType() == null, text());
        }
        int size = schema.getType() == Schema.Type.FIXED ? schema.getFixedSize() : 0;
        return when(schema.getType() == Schema.Type.FIXED, column -> {
            BytesColumn values = (BytesColumn) column;
            return (row, out) -> {
                if (values.length(row) != size) {
                    throw new BadRecordException("does not have the " + size + " bytes that the schema wants");
                }
                out.write(values.data(), values.start(row), size);
            };
        });
    }

    private static Optional<Binding> uuid(Schema schema) {
        if (schema.getType() == Schema.Type.FIXED) {
            return schema.getFixedSize() == 16 ? bytes(schema) : Optional.empty();
        }
        return when(schema.getType() == Schema.Type.STRING, column -> {
            BytesColumn values = (BytesColumn) column;
            return (row, out) -> {
                ByteBuffer id = ByteBuffer.wrap(values.data(), values.start(row), values.length(row));
                byte[] text = new UUID(id.getLong(), id.getLong()).toString().getBytes(StandardCharsets.US_ASCII);
                out.writeBytes(text, 0, text.length);
            };
        });
    }
}
