package dev.penstock.connector.lancedb;

import dev.penstock.spi.data.DataType;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.jspecify.annotations.Nullable;

/** The Arrow types without children, also those that only other programs write. */
final class ForeignTypes {
    private ForeignTypes() {}

    /** What rows make of {@code type}, or null if they cannot carry it without loss. */
    static @Nullable DataType scalar(ArrowType type) {
        return switch (type.getTypeID()) {
            case Bool -> DataType.BOOLEAN;
            case Int -> integer((ArrowType.Int) type);
            case FloatingPoint -> floating((ArrowType.FloatingPoint) type);
            case Utf8, LargeUtf8 -> DataType.STRING;
            case Binary, LargeBinary, FixedSizeBinary -> DataType.BYTES;
            case Date -> ((ArrowType.Date) type).getUnit() == DateUnit.DAY ? DataType.DATE : null;
            case Time -> ((ArrowType.Time) type).getUnit() == TimeUnit.MICROSECOND ? DataType.TIME : null;
            case Timestamp -> timestamp((ArrowType.Timestamp) type);
            case Decimal -> decimal((ArrowType.Decimal) type);
            default -> null;
        };
    }

    private static @Nullable DataType integer(ArrowType.Int type) {
        return switch (type.getBitWidth()) {
            case Byte.SIZE -> type.getIsSigned() ? DataType.INT8 : DataType.INT16;
            case Short.SIZE -> type.getIsSigned() ? DataType.INT16 : DataType.INT32;
            case Integer.SIZE -> type.getIsSigned() ? DataType.INT32 : DataType.INT64;
            default -> type.getIsSigned() ? DataType.INT64 : null;
        };
    }

    private static @Nullable DataType floating(ArrowType.FloatingPoint type) {
        return type.getPrecision() == FloatingPointPrecision.SINGLE
                ? DataType.FLOAT32
                : type.getPrecision() == FloatingPointPrecision.DOUBLE ? DataType.FLOAT64 : null;
    }

    private static DataType timestamp(ArrowType.Timestamp type) {
        DataType.Precision precision =
                type.getUnit() == TimeUnit.NANOSECOND ? DataType.Precision.NANOS : DataType.Precision.MICROS;
        return new DataType.Timestamp(precision, type.getTimezone() != null);
    }

    private static @Nullable DataType decimal(ArrowType.Decimal type) {
        return type.getScale() < 0 || type.getScale() > type.getPrecision()
                ? null
                : DataType.decimal(type.getPrecision(), type.getScale());
    }
}
