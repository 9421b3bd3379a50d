package dev.penstock.connector.iceberg.reading;

import dev.penstock.spi.data.Bytes;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/** Values that tables keep of partitions and as defaults, as rows have them. */
final class Constants {
    private static final long NANOS_OF_MICRO = 1_000;

    private Constants() {}

    /** @throws IllegalArgumentException for types that tables keep no such values of */
    static Object detached(Type type, Object value) {
        return switch (type.typeId()) {
            case BOOLEAN, INTEGER, LONG, FLOAT, DOUBLE, UUID, DECIMAL -> value;
            case STRING -> value.toString();
            case DATE -> LocalDate.ofEpochDay((Integer) value);
            case TIME -> LocalTime.ofNanoOfDay((Long) value * NANOS_OF_MICRO);
            case TIMESTAMP ->
                time(
                        ((Types.TimestampType) type).shouldAdjustToUTC(),
                        Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS));
            case TIMESTAMP_NANO ->
                time(((Types.TimestampNanoType) type).shouldAdjustToUTC(), Instant.EPOCH.plusNanos((Long) value));
            case FIXED, BINARY -> bytes((ByteBuffer) value);
            default -> throw new IllegalArgumentException("a constant of type " + type);
        };
    }

    private static Object time(boolean zoned, Instant instant) {
        return zoned ? instant : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private static Bytes bytes(ByteBuffer value) {
        byte[] bytes = new byte[value.remaining()];
        value.duplicate().get(bytes);
        return Bytes.copyOf(bytes);
    }
}
