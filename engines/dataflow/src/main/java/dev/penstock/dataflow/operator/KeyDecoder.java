package dev.penstock.dataflow.operator;

import dev.penstock.spi.data.Bytes;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads back what {@link KeyFormat} describes. */
final class KeyDecoder {
    private static final long MICROS_PER_SECOND = 1_000_000;

    private KeyDecoder() {}

    static @Nullable Object[] values(byte[] key) {
        ByteBuffer in = ByteBuffer.wrap(key);
        List<@Nullable Object> values = new ArrayList<>();
        try {
            while (in.hasRemaining()) {
                values.add(value(in));
            }
        } catch (BufferUnderflowException | NegativeArraySizeException e) {
            throw new IllegalArgumentException("Cannot read a key of " + key.length + " bytes: it is cut off", e);
        }
        return values.toArray();
    }

    private static @Nullable Object value(ByteBuffer in) {
        byte tag = in.get();
        return switch (tag) {
            case KeyFormat.NULL -> null;
            case KeyFormat.BOOLEAN -> in.get() != 0;
            case KeyFormat.INTEGER -> in.getLong();
            case KeyFormat.FLOAT -> Double.longBitsToDouble(in.getLong());
            case KeyFormat.TEXT -> new String(bytes(in), StandardCharsets.UTF_8);
            case KeyFormat.BYTES -> Bytes.copyOf(bytes(in));
            case KeyFormat.DATE -> LocalDate.ofEpochDay(in.getLong());
            case KeyFormat.TIME -> LocalTime.ofNanoOfDay(in.getLong() * KeyFormat.NANOS_PER_MICRO);
            case KeyFormat.TIMESTAMP -> instant(in);
            case KeyFormat.LOCAL_TIMESTAMP -> LocalDateTime.ofInstant(instant(in), ZoneOffset.UTC);
            case KeyFormat.UUID -> new UUID(in.getLong(), in.getLong());
            case KeyFormat.DECIMAL -> decimal(in);
            default -> throw new IllegalArgumentException("Cannot read a key with a value of kind " + tag);
        };
    }

    private static Instant instant(ByteBuffer in) {
        long micros = in.getLong();
        int nanos = in.getShort();
        return Instant.ofEpochSecond(
                Math.floorDiv(micros, MICROS_PER_SECOND),
                Math.floorMod(micros, MICROS_PER_SECOND) * KeyFormat.NANOS_PER_MICRO + nanos);
    }

    private static BigDecimal decimal(ByteBuffer in) {
        int scale = in.getInt();
        return new BigDecimal(new BigInteger(bytes(in)), scale);
    }

    private static byte[] bytes(ByteBuffer in) {
        int length = 0;
        int shift = 0;
        byte part;
        do {
            part = in.get();
            length |= (part & 0x7F) << shift;
            shift += 7;
        } while (part < 0 && shift < Integer.SIZE);
        byte[] bytes = new byte[Math.min(length, in.remaining())];
        in.get(bytes);
        return bytes;
    }
}
