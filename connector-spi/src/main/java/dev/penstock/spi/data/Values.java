package dev.penstock.spi.data;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;

/** Between the numbers and bytes that columns keep and the Java values that people see. */
final class Values {
    private static final long MICROS_PER_SECOND = 1_000_000;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    private static final int UUID_BYTES = 16;

    private Values() {}

    static Object ofLong(DataType type, long value) {
        if (type instanceof DataType.Timestamp timestamp) {
            Instant instant = instant(timestamp.precision(), value);
            return timestamp.zoned() ? instant : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        }
        if (type instanceof DataType.Decimal decimal) {
            return BigDecimal.valueOf(value, decimal.scale());
        }
        return type == DataType.TIME ? LocalTime.ofNanoOfDay(value * 1_000) : (Object) value;
    }

    static long toLong(DataType type, Object value) {
        if (type instanceof DataType.Timestamp timestamp) {
            Instant instant = value instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : (Instant) value;
            return fromInstant(timestamp.precision(), instant);
        }
        if (type instanceof DataType.Decimal decimal) {
            return unscaled(decimal, (BigDecimal) value).longValueExact();
        }
        return type == DataType.TIME ? ((LocalTime) value).toNanoOfDay() / 1_000 : ((Number) value).longValue();
    }

    static Object ofBytes(DataType type, byte[] bytes, int from, int length) {
        if (type == DataType.STRING || type == DataType.JSON) {
            return new String(bytes, from, length, StandardCharsets.UTF_8);
        }
        if (type == DataType.UUID) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, from, UUID_BYTES);
            return new UUID(buffer.getLong(), buffer.getLong());
        }
        if (type instanceof DataType.Decimal decimal) {
            return new BigDecimal(new BigInteger(bytes, from, length), decimal.scale());
        }
        return Bytes.copyOf(Arrays.copyOfRange(bytes, from, from + length));
    }

    static byte[] toBytes(DataType type, Object value) {
        if (value instanceof String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        if (value instanceof Bytes bytes) {
            return bytes.toArray();
        }
        if (value instanceof UUID uuid) {
            return ByteBuffer.allocate(UUID_BYTES)
                    .putLong(uuid.getMostSignificantBits())
                    .putLong(uuid.getLeastSignificantBits())
                    .array();
        }
        if (value instanceof BigDecimal number && type instanceof DataType.Decimal decimal) {
            return unscaled(decimal, number).toByteArray();
        }
        return (byte[]) value;
    }

    private static BigInteger unscaled(DataType.Decimal type, BigDecimal value) {
        BigDecimal scaled = value.setScale(type.scale());
        if (scaled.precision() > type.precision()) {
            throw new ArithmeticException("Cannot store " + value + " as " + type.text() + ": too many digits");
        }
        return scaled.unscaledValue();
    }

    private static Instant instant(DataType.Precision precision, long value) {
        return switch (precision) {
            case MICROS ->
                Instant.ofEpochSecond(
                        Math.floorDiv(value, MICROS_PER_SECOND), Math.floorMod(value, MICROS_PER_SECOND) * 1_000);
            case NANOS ->
                Instant.ofEpochSecond(Math.floorDiv(value, NANOS_PER_SECOND), Math.floorMod(value, NANOS_PER_SECOND));
        };
    }

    private static long fromInstant(DataType.Precision precision, Instant instant) {
        return switch (precision) {
            case MICROS ->
                Math.addExact(
                        Math.multiplyExact(instant.getEpochSecond(), MICROS_PER_SECOND), instant.getNano() / 1_000);
            case NANOS ->
                Math.addExact(Math.multiplyExact(instant.getEpochSecond(), NANOS_PER_SECOND), instant.getNano());
        };
    }
}
