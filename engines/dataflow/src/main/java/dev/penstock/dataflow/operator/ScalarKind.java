package dev.penstock.dataflow.operator;

import dev.penstock.spi.data.Bytes;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Kinds of values without parts, each with the tag that stands before it. Tags and bytes never change. */
enum ScalarKind {
    BOOLEAN(1, Boolean.class, (value, out) -> out.writeBoolean((Boolean) value), DataInput::readBoolean),
    INT8(2, Byte.class, (value, out) -> out.writeByte((Byte) value), DataInput::readByte),
    INT16(3, Short.class, (value, out) -> out.writeShort((Short) value), DataInput::readShort),
    INT32(4, Integer.class, (value, out) -> out.writeInt((Integer) value), DataInput::readInt),
    INT64(5, Long.class, (value, out) -> out.writeLong((Long) value), DataInput::readLong),
    FLOAT32(6, Float.class, (value, out) -> out.writeFloat((Float) value), DataInput::readFloat),
    FLOAT64(7, Double.class, (value, out) -> out.writeDouble((Double) value), DataInput::readDouble),
    CHARACTER(8, Character.class, (value, out) -> out.writeChar((Character) value), DataInput::readChar),
    STRING(9, String.class, (value, out) -> Lengths.writeText((String) value, out), Lengths::readText),
    BYTE_ARRAY(10, byte[].class, (value, out) -> Lengths.writeBytes((byte[]) value, out), Lengths::readBytes),
    BYTES(
            11,
            Bytes.class,
            (value, out) -> Lengths.writeBytes(((Bytes) value).toArray(), out),
            in -> Bytes.copyOf(Lengths.readBytes(in))),
    INSTANT(
            12,
            Instant.class,
            (value, out) -> SimpleCodecs.INSTANT.write((Instant) value, out),
            in -> SimpleCodecs.INSTANT.read(in, 1)),
    DURATION(
            13,
            Duration.class,
            (value, out) -> SimpleCodecs.DURATION.write((Duration) value, out),
            in -> SimpleCodecs.DURATION.read(in, 1)),
    DATE(
            14,
            LocalDate.class,
            (value, out) -> out.writeLong(((LocalDate) value).toEpochDay()),
            in -> LocalDate.ofEpochDay(in.readLong())),
    TIME(
            15,
            LocalTime.class,
            (value, out) -> out.writeLong(((LocalTime) value).toNanoOfDay()),
            in -> LocalTime.ofNanoOfDay(in.readLong())),
    LOCAL_DATE_TIME(
            16,
            LocalDateTime.class,
            (value, out) -> {
                out.writeLong(((LocalDateTime) value).toLocalDate().toEpochDay());
                out.writeLong(((LocalDateTime) value).toLocalTime().toNanoOfDay());
            },
            in -> LocalDateTime.of(LocalDate.ofEpochDay(in.readLong()), LocalTime.ofNanoOfDay(in.readLong()))),
    OFFSET_DATE_TIME(
            17,
            OffsetDateTime.class,
            (value, out) -> Lengths.writeText(value.toString(), out),
            in -> OffsetDateTime.parse(Lengths.readText(in))),
    ZONED_DATE_TIME(
            18,
            ZonedDateTime.class,
            (value, out) -> Lengths.writeText(value.toString(), out),
            in -> ZonedDateTime.parse(Lengths.readText(in))),
    UUID(
            19,
            UUID.class,
            (value, out) -> {
                out.writeLong(((UUID) value).getMostSignificantBits());
                out.writeLong(((UUID) value).getLeastSignificantBits());
            },
            in -> new UUID(in.readLong(), in.readLong())),
    INTEGER(
            20,
            BigInteger.class,
            (value, out) -> Lengths.writeBytes(((BigInteger) value).toByteArray(), out),
            in -> new BigInteger(Lengths.readBytes(in))),
    DECIMAL(
            21,
            BigDecimal.class,
            (value, out) -> {
                out.writeInt(((BigDecimal) value).scale());
                Lengths.writeBytes(((BigDecimal) value).unscaledValue().toByteArray(), out);
            },
            ScalarKind::readDecimal),
    INT_ARRAY(22, int[].class, (value, out) -> PrimitiveArrays.write((int[]) value, out), PrimitiveArrays::readInts),
    LONG_ARRAY(
            23, long[].class, (value, out) -> PrimitiveArrays.write((long[]) value, out), PrimitiveArrays::readLongs),
    FLOAT_ARRAY(
            24,
            float[].class,
            (value, out) -> PrimitiveArrays.write((float[]) value, out),
            PrimitiveArrays::readFloats),
    DOUBLE_ARRAY(
            25,
            double[].class,
            (value, out) -> PrimitiveArrays.write((double[]) value, out),
            PrimitiveArrays::readDoubles);

    private static final Map<Class<?>, ScalarKind> BY_CLASS = new HashMap<>();
    private static final @Nullable ScalarKind[] BY_TAG = new ScalarKind[Tag.FIRST];

    static {
        for (ScalarKind kind : values()) {
            BY_CLASS.put(kind.type, kind);
            BY_TAG[kind.tag] = kind;
        }
    }

    private final byte tag;
    private final Class<?> type;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final Writer writer;

    @SuppressWarnings("ImmutableEnumChecker")
    private final Reader reader;

    ScalarKind(int tag, Class<?> type, Writer writer, Reader reader) {
        this.tag = (byte) tag;
        this.type = type;
        this.writer = writer;
        this.reader = reader;
    }

    /** The kind of {@code value}, or null if it is of none. */
    static @Nullable ScalarKind of(Object value) {
        return BY_CLASS.get(value.getClass());
    }

    /** The kind behind {@code tag}, or null if there is none. */
    static @Nullable ScalarKind behind(byte tag) {
        return tag >= 0 && tag < BY_TAG.length ? BY_TAG[tag] : null;
    }

    /** Whether values of {@code type}, boxed, are of a kind, and never change. */
    static boolean isImmutable(Class<?> type) {
        return BY_CLASS.containsKey(type) && !type.isArray();
    }

    /** Writes the tag and the value. */
    void write(Object value, DataOutput out) throws IOException {
        out.writeByte(tag);
        writer.write(value, out);
    }

    /** Reads what follows the tag. */
    Object read(DataInput in) throws IOException {
        return reader.read(in);
    }

    private static BigDecimal readDecimal(DataInput in) throws IOException {
        int scale = in.readInt();
        return new BigDecimal(new BigInteger(Lengths.readBytes(in)), scale);
    }

    /** Writes a value of the kind. */
    @FunctionalInterface
    private interface Writer {
        void write(Object value, DataOutput out) throws IOException;
    }

    /** Reads a value of the kind. */
    @FunctionalInterface
    private interface Reader {
        Object read(DataInput in) throws IOException;
    }
}
