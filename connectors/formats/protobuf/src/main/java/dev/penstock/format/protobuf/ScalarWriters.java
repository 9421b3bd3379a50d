package dev.penstock.format.protobuf;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import dev.penstock.format.protobuf.ValueWriter.Binding;
import dev.penstock.spi.data.BooleanColumn;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.DoubleColumn;
import dev.penstock.spi.data.FloatColumn;
import dev.penstock.spi.data.IntColumn;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.format.BadRecordException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Makes writers of values that are no message. */
final class ScalarWriters {
    private static final long MICROS = 1_000_000;
    private static final long NANOS = 1_000_000_000;

    private ScalarWriters() {}

    /** A writer of {@code type} as {@code field}; empty if the one is never the other. */
    static Optional<Binding> of(FieldDescriptor field, DataType type) {
        return switch (field.getType()) {
            case BOOL ->
                when(
                        type == DataType.BOOLEAN,
                        column -> (row, out) -> out.writeVarint(((BooleanColumn) column).get(row) ? 1 : 0));
            case INT32, SINT32, SFIXED32, UINT32, FIXED32, INT64, SINT64, SFIXED64, UINT64, FIXED64 ->
                whole(field.getType(), type);
            case FLOAT ->
                when(
                        type == DataType.FLOAT32,
                        column ->
                                (row, out) -> out.writeFixed32(Float.floatToIntBits(((FloatColumn) column).get(row))));
            case DOUBLE -> floating(type);
            case STRING -> string(type);
            case BYTES -> when(type == DataType.BYTES || type == DataType.STRING, bytes());
            case ENUM -> when(type == DataType.STRING, names(field.getEnumType()));
            case MESSAGE, GROUP -> Optional.empty();
        };
    }

    private static Optional<Binding> when(boolean fits, Binding binding) {
        return fits ? Optional.of(binding) : Optional.empty();
    }

    private static Optional<Binding> whole(FieldDescriptor.Type field, DataType type) {
        boolean small = type == DataType.INT8 || type == DataType.INT16 || type == DataType.INT32;
        boolean decimal = type instanceof DataType.Decimal number && number.scale() == 0;
        return when(small || decimal || type == DataType.INT64, column -> (row, out) -> {
            long value = small
                    ? ((IntColumn) column).get(row)
                    : decimal ? wholeDecimal(column, row, field) : ((LongColumn) column).get(row);
            write(field, value, decimal, out);
        });
    }

    private static long wholeDecimal(Column column, int row, FieldDescriptor.Type field) {
        BigDecimal value = (BigDecimal) Objects.requireNonNull(column.value(row), "value");
        boolean unsigned = field == FieldDescriptor.Type.UINT64 || field == FieldDescriptor.Type.FIXED64;
        if ((value.signum() < 0 && unsigned) || value.unscaledValue().bitLength() > (unsigned ? 64 : 63)) {
            throw new BadRecordException("is more than its field holds");
        }
        return value.unscaledValue().longValue();
    }

    private static void write(FieldDescriptor.Type field, long value, boolean checked, ProtoOutput out) {
        switch (field) {
            case INT32, SINT32, SFIXED32 -> require(value == (int) value);
            case UINT32, FIXED32 -> require(value >>> 32 == 0);
            case UINT64, FIXED64 -> require(checked || value >= 0);
            default -> {
                // Holds every long.
            }
        }
        switch (field) {
            case SINT32 -> out.writeVarint(CodedOutputStream.encodeZigZag32((int) value) & 0xffff_ffffL);
            case SINT64 -> out.writeVarint(CodedOutputStream.encodeZigZag64(value));
            case SFIXED32, FIXED32 -> out.writeFixed32((int) value);
            case SFIXED64, FIXED64 -> out.writeFixed64(value);
            default -> out.writeVarint(value);
        }
    }

    private static void require(boolean fits) {
        if (!fits) {
            throw new BadRecordException("is more than its field holds");
        }
    }

    private static Optional<Binding> floating(DataType type) {
        if (type == DataType.FLOAT32) {
            return Optional.of(
                    column -> (row, out) -> out.writeFixed64(Double.doubleToLongBits(((FloatColumn) column).get(row))));
        }
        return when(
                type == DataType.FLOAT64,
                column -> (row, out) -> out.writeFixed64(Double.doubleToLongBits(((DoubleColumn) column).get(row))));
    }

    private static Binding bytes() {
        return column -> {
            BytesColumn values = (BytesColumn) column;
            return (row, out) -> {
                out.writeVarint(values.length(row));
                out.write(values.data(), values.start(row), values.length(row));
            };
        };
    }

    private static Optional<Binding> string(DataType type) {
        if (type == DataType.STRING || type == DataType.JSON) {
            return Optional.of(bytes());
        }
        return when(Texts.isWritten(type), column -> (row, out) -> {
            byte[] text = text(column, row).getBytes(StandardCharsets.UTF_8);
            out.writeVarint(text.length);
            out.write(text, 0, text.length);
        });
    }

    private static String text(Column column, int row) {
        Object value = Objects.requireNonNull(column.value(row), "value");
        return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
    }

    private static Binding names(EnumDescriptor type) {
        Map<String, Integer> numbers = new HashMap<>();
        type.getValues().forEach(value -> numbers.putIfAbsent(value.getName(), value.getNumber()));
        return column -> (row, out) -> {
            Integer number = numbers.get(((BytesColumn) column).string(row));
            if (number == null) {
                throw new BadRecordException("is not one of the names of its enum");
            }
            out.writeVarint(number);
        };
    }

    /** A point in time as google.protobuf.Timestamp, behind its length. */
    static Binding timestamp(DataType.Timestamp type) {
        long perSecond = type.precision() == DataType.Precision.NANOS ? NANOS : MICROS;
        return column -> (row, out) -> {
            long value = ((LongColumn) column).get(row);
            int from = out.size();
            field(1, Math.floorDiv(value, perSecond), out);
            field(2, Math.floorMod(value, perSecond) * (NANOS / perSecond), out);
            out.insertLength(from);
        };
    }

    private static void field(int number, long value, ProtoOutput out) {
        if (value != 0) {
            out.writeVarint((long) number << 3);
            out.writeVarint(value);
        }
    }
}
