package dev.penstock.format.avro;

import dev.penstock.spi.data.BooleanColumnBuilder;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.DoubleColumnBuilder;
import dev.penstock.spi.data.FloatColumnBuilder;
import dev.penstock.spi.data.IntColumnBuilder;
import dev.penstock.spi.data.LongColumnBuilder;
import dev.penstock.spi.format.BadRecordException;
import java.util.Optional;
import org.apache.avro.Schema;

/** Makes readers of values that are no list, struct or map. */
final class ScalarReaders {
    private static final long NANOS_A_DAY = 86_400_000_000_000L;

    private ScalarReaders() {}

    /** A reader of {@code writer} into a column of {@code type}; empty if the one is never the other. */
    static Optional<ValueReader> of(Schema writer, DataType type, ColumnBuilder into) {
        if (type instanceof DataType.Timestamp timestamp) {
            return Logical.timestamp(writer, timestamp.zoned())
                    .map(unit -> timestamp(unit, timestamp.precision(), (LongColumnBuilder) into));
        }
        return type instanceof DataType.Scalar scalar ? scalar(writer, scalar, into) : Optional.empty();
    }

    private static Optional<ValueReader> scalar(Schema writer, DataType.Scalar type, ColumnBuilder into) {
        return switch (type) {
            case BOOLEAN -> when(writer.getType() == Schema.Type.BOOLEAN, truth((BooleanColumnBuilder) into));
            case INT8 -> when(isWhole(writer), small(Byte.MIN_VALUE, Byte.MAX_VALUE, (IntColumnBuilder) into));
            case INT16 -> when(isWhole(writer), small(Short.MIN_VALUE, Short.MAX_VALUE, (IntColumnBuilder) into));
            case INT32 -> when(isWhole(writer), small(Integer.MIN_VALUE, Integer.MAX_VALUE, (IntColumnBuilder) into));
            case INT64 -> when(isWhole(writer), whole(writer, (LongColumnBuilder) into));
            case FLOAT32 -> float32(writer, (FloatColumnBuilder) into);
            case FLOAT64 -> float64(writer, (DoubleColumnBuilder) into);
            case STRING -> Texts.string(writer, (BytesColumnBuilder) into);
            case BYTES -> Texts.bytes(writer, (BytesColumnBuilder) into);
            case UUID -> Texts.uuid(writer, (BytesColumnBuilder) into);
            case DATE -> when(Logical.isDate(writer), date((IntColumnBuilder) into));
            case TIME -> Logical.time(writer).map(unit -> time(unit, (LongColumnBuilder) into));
            case JSON -> Optional.empty();
        };
    }

    private static Optional<ValueReader> when(boolean fits, ValueReader reader) {
        return fits ? Optional.of(reader) : Optional.empty();
    }

    private static boolean isWhole(Schema writer) {
        return writer.getType() == Schema.Type.INT || writer.getType() == Schema.Type.LONG;
    }

    private static ValueReader truth(BooleanColumnBuilder into) {
        return in -> into.append(in.readBoolean());
    }

    private static ValueReader small(int least, int most, IntColumnBuilder into) {
        return in -> {
            long value = in.readLong();
            if (value < least || value > most) {
                throw new BadRecordException("expected a number from " + least + " to " + most + ", found another");
            }
            into.append((int) value);
        };
    }

    private static ValueReader whole(Schema writer, LongColumnBuilder into) {
        return writer.getType() == Schema.Type.INT ? in -> into.append(in.readInt()) : in -> into.append(in.readLong());
    }

    private static ValueReader date(IntColumnBuilder into) {
        return in -> into.append(in.readInt());
    }

    private static ValueReader time(Logical.Unit unit, LongColumnBuilder into) {
        return in -> {
            long value = in.readLong();
            if (value < 0 || value >= NANOS_A_DAY / unit.nanos()) {
                throw new BadRecordException("expected a time of the day, found more or less");
            }
            into.append(value * unit.nanos() / Logical.Unit.MICROS.nanos());
        };
    }

    private static ValueReader timestamp(Logical.Unit unit, DataType.Precision precision, LongColumnBuilder into) {
        long target = precision == DataType.Precision.NANOS ? 1 : Logical.Unit.MICROS.nanos();
        if (unit.nanos() < target) {
            long divisor = target / unit.nanos();
            return in -> into.append(Math.floorDiv(in.readLong(), divisor));
        }
        long factor = unit.nanos() / target;
        if (factor == 1) {
            return in -> into.append(in.readLong());
        }
        return in -> {
            long value = in.readLong();
            if (value > Long.MAX_VALUE / factor || value < Long.MIN_VALUE / factor) {
                throw new BadRecordException("expected a timestamp, found one too far away");
            }
            into.append(value * factor);
        };
    }

    private static Optional<ValueReader> float32(Schema writer, FloatColumnBuilder into) {
        return switch (writer.getType()) {
            case FLOAT -> Optional.of(in -> into.append(in.readFloat()));
            case INT, LONG -> Optional.of(in -> into.append((float) in.readLong()));
            default -> Optional.empty();
        };
    }

    private static Optional<ValueReader> float64(Schema writer, DoubleColumnBuilder into) {
        return switch (writer.getType()) {
            case DOUBLE -> Optional.of(in -> into.append(in.readDouble()));
            case FLOAT -> Optional.of(in -> into.append(in.readFloat()));
            case INT, LONG -> Optional.of(in -> into.append((double) in.readLong()));
            default -> Optional.empty();
        };
    }
}
