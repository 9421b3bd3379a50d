package dev.penstock.connector.iceberg.reading;

import dev.penstock.spi.data.DataType;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a column of a table may be stored in a file: as the table has it now, as it had it before the type
 * was widened, and as other programs wrote it in files that were added to the table.
 */
final class StoredKinds {
    private static final long MICROS = 1_000_000;
    private static final long NANOS = 1_000_000_000;
    private static final long SECONDS_OF_DAY = 86_400;
    private static final long UNSIGNED = 0xffff_ffffL;
    private static final long SIGNED = -1L;

    private StoredKinds() {}

    /** What takes values of {@code type} from {@code stored}; empty if they cannot be stored like that. */
    static Optional<Supplier<Values>> of(Type type, PrimitiveType stored) {
        PrimitiveTypeName name = stored.getPrimitiveTypeName();
        return switch (type.typeId()) {
            case BOOLEAN -> when(name == PrimitiveTypeName.BOOLEAN, BooleanValues::new);
            case INTEGER, DATE -> when(name == PrimitiveTypeName.INT32, IntValues::new);
            case LONG -> whole(number(stored));
            case FLOAT -> when(name == PrimitiveTypeName.FLOAT, FloatValues::new);
            case DOUBLE ->
                name == PrimitiveTypeName.FLOAT
                        ? Optional.of(() -> new DoubleValues(true))
                        : when(name == PrimitiveTypeName.DOUBLE, () -> new DoubleValues(false));
            case TIME -> whole(time(stored));
            case TIMESTAMP -> whole(timestamp(stored, MICROS));
            case TIMESTAMP_NANO -> whole(timestamp(stored, NANOS));
            case STRING, BINARY, UUID, FIXED -> bytes(stored);
            case DECIMAL -> decimal((Types.DecimalType) type, stored);
            default -> Optional.empty();
        };
    }

    private static Optional<Supplier<Values>> when(boolean fits, Supplier<Values> kind) {
        return fits ? Optional.of(kind) : Optional.empty();
    }

    private static Optional<Supplier<Values>> whole(@Nullable Whole stored) {
        return stored == null ? Optional.empty() : Optional.of(() -> new LongValues(stored));
    }

    private static @Nullable Whole number(PrimitiveType stored) {
        if (stored.getPrimitiveTypeName() == PrimitiveTypeName.INT64) {
            return Whole.LONG;
        }
        boolean unsigned = stored.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation number
                && !number.isSigned()
                && number.getBitWidth() == Integer.SIZE;
        return stored.getPrimitiveTypeName() == PrimitiveTypeName.INT32
                ? new Whole.OfInt(1, unsigned ? UNSIGNED : SIGNED)
                : null;
    }

    private static @Nullable Whole time(PrimitiveType stored) {
        TimeUnit unit = stored.getLogicalTypeAnnotation() instanceof TimeLogicalTypeAnnotation time
                ? time.getUnit()
                : TimeUnit.MICROS;
        return switch (stored.getPrimitiveTypeName()) {
            case INT32 -> new Whole.OfInt(MICROS / perSecond(unit), SIGNED);
            case INT64 -> converted(unit, MICROS);
            default -> null;
        };
    }

    private static @Nullable Whole timestamp(PrimitiveType stored, long perSecond) {
        LogicalTypeAnnotation meaning = stored.getLogicalTypeAnnotation();
        return switch (stored.getPrimitiveTypeName()) {
            case INT96 -> new Whole.OfJulian(perSecond);
            case INT64 ->
                meaning instanceof TimestampLogicalTypeAnnotation timestamp
                        ? converted(timestamp.getUnit(), perSecond)
                        : Whole.LONG;
            case INT32 ->
                meaning instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation
                        ? new Whole.OfInt(SECONDS_OF_DAY * perSecond, SIGNED)
                        : null;
            default -> null;
        };
    }

    private static Whole converted(TimeUnit unit, long perSecond) {
        long stored = perSecond(unit);
        if (stored == perSecond) {
            return Whole.LONG;
        }
        return stored < perSecond ? new Whole.OfLong(perSecond / stored, 1) : new Whole.OfLong(1, stored / perSecond);
    }

    private static long perSecond(TimeUnit unit) {
        return switch (unit) {
            case MILLIS -> 1_000;
            case MICROS -> MICROS;
            case NANOS -> NANOS;
        };
    }

    private static Optional<Supplier<Values>> bytes(PrimitiveType stored) {
        return switch (stored.getPrimitiveTypeName()) {
            case BINARY -> Optional.of(() -> new BytesValues(0));
            case FIXED_LEN_BYTE_ARRAY -> Optional.of(() -> new BytesValues(stored.getTypeLength()));
            default -> Optional.empty();
        };
    }

    private static Optional<Supplier<Values>> decimal(Types.DecimalType type, PrimitiveType stored) {
        boolean same = stored.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal
                && decimal.getScale() == type.scale();
        if (!same) {
            return Optional.empty();
        }
        boolean fits = type.precision() <= DataType.Decimal.LONG_DIGITS;
        return switch (stored.getPrimitiveTypeName()) {
            case INT32 -> decimal(fits, new Whole.OfInt(1, SIGNED));
            case INT64 -> decimal(fits, Whole.LONG);
            case BINARY -> fits ? whole(new Whole.OfBytes(0)) : Optional.of(() -> new DecimalValues(0));
            case FIXED_LEN_BYTE_ARRAY ->
                fits
                        ? whole(new Whole.OfBytes(stored.getTypeLength()))
                        : Optional.of(() -> new DecimalValues(stored.getTypeLength()));
            default -> Optional.empty();
        };
    }

    private static Optional<Supplier<Values>> decimal(boolean fits, Whole stored) {
        return fits ? whole(stored) : Optional.of(() -> new DecimalValues(stored));
    }
}
