package dev.penstock.conformance.reference;

import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Row;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values of every type as bytes: one that says whether there is a value, and the value. */
final class ValueCodec {
    private ValueCodec() {}

    static void write(DataOutputStream out, DataType type, @Nullable Object value) throws IOException {
        out.writeBoolean(value != null);
        if (value == null) {
            return;
        }
        if (type instanceof DataType.Scalar scalar) {
            writeScalar(out, scalar, value);
        } else if (type instanceof DataType.Timestamp) {
            Instant instant = value instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : (Instant) value;
            out.writeLong(instant.getEpochSecond());
            out.writeInt(instant.getNano());
        } else if (type instanceof DataType.Decimal decimal) {
            writeBytes(
                    out,
                    ((BigDecimal) value)
                            .setScale(decimal.scale())
                            .unscaledValue()
                            .toByteArray());
        } else {
            writeNested(out, type, value);
        }
    }

    private static void writeScalar(DataOutputStream out, DataType.Scalar type, Object value) throws IOException {
        switch (type) {
            case BOOLEAN -> out.writeBoolean((Boolean) value);
            case INT8, INT16, INT32 -> out.writeInt((Integer) value);
            case INT64 -> out.writeLong((Long) value);
            case FLOAT32 -> out.writeFloat((Float) value);
            case FLOAT64 -> out.writeDouble((Double) value);
            case DATE -> out.writeLong(((LocalDate) value).toEpochDay());
            case TIME -> out.writeLong(((LocalTime) value).toNanoOfDay());
            case STRING, JSON -> writeBytes(out, ((String) value).getBytes(StandardCharsets.UTF_8));
            case BYTES -> writeBytes(out, ((Bytes) value).toArray());
            case UUID -> {
                out.writeLong(((UUID) value).getMostSignificantBits());
                out.writeLong(((UUID) value).getLeastSignificantBits());
            }
        }
    }

    private static void writeNested(DataOutputStream out, DataType type, Object value) throws IOException {
        if (type instanceof DataType.ListOf list) {
            writeAll(out, list.element(), (List<?>) value);
        } else if (type instanceof DataType.FixedList list) {
            writeAll(out, list.element(), value instanceof float[] floats ? boxed(floats) : (List<?>) value);
        } else if (type instanceof DataType.Struct struct) {
            for (int index = 0; index < struct.fields().size(); index++) {
                write(out, struct.fields().get(index).type(), ((Row) value).get(index));
            }
        } else if (type instanceof DataType.MapOf map) {
            writeAll(out, map.key(), new ArrayList<>(((Map<?, ?>) value).keySet()));
            writeAll(out, map.value(), new ArrayList<>(((Map<?, ?>) value).values()));
        } else {
            throw new IOException("no value of type " + type.text() + " can leave its process");
        }
    }

    private static List<Float> boxed(float[] floats) {
        List<Float> values = new ArrayList<>(floats.length);
        for (float value : floats) {
            values.add(value);
        }
        return values;
    }

    private static void writeAll(DataOutputStream out, DataType type, List<?> values) throws IOException {
        out.writeInt(values.size());
        for (@Nullable Object value : values) {
            write(out, type, value);
        }
    }

    private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static @Nullable Object read(DataInputStream in, DataType type) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        if (type instanceof DataType.Scalar scalar) {
            return readScalar(in, scalar);
        }
        if (type instanceof DataType.Timestamp timestamp) {
            Instant instant = Instant.ofEpochSecond(in.readLong(), in.readInt());
            return timestamp.zoned() ? instant : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        }
        if (type instanceof DataType.Decimal decimal) {
            return new BigDecimal(new BigInteger(readBytes(in)), decimal.scale());
        }
        return readNested(in, type);
    }

    private static Object readScalar(DataInputStream in, DataType.Scalar type) throws IOException {
        return switch (type) {
            case BOOLEAN -> in.readBoolean();
            case INT8, INT16, INT32 -> in.readInt();
            case INT64 -> in.readLong();
            case FLOAT32 -> in.readFloat();
            case FLOAT64 -> in.readDouble();
            case DATE -> LocalDate.ofEpochDay(in.readLong());
            case TIME -> LocalTime.ofNanoOfDay(in.readLong());
            case STRING, JSON -> new String(readBytes(in), StandardCharsets.UTF_8);
            case BYTES -> Bytes.copyOf(readBytes(in));
            case UUID -> new UUID(in.readLong(), in.readLong());
        };
    }

    private static Object readNested(DataInputStream in, DataType type) throws IOException {
        if (type instanceof DataType.ListOf list) {
            return readAll(in, list.element());
        }
        if (type instanceof DataType.FixedList list) {
            List<@Nullable Object> values = readAll(in, list.element());
            return list.element() == DataType.FLOAT32 ? floats(values) : values;
        }
        if (type instanceof DataType.Struct struct) {
            @Nullable Object[] values = new Object[struct.fields().size()];
            for (int index = 0; index < values.length; index++) {
                Field field = struct.fields().get(index);
                values[index] = read(in, field.type());
            }
            return Row.of(struct.schema(), values);
        }
        if (type instanceof DataType.MapOf map) {
            List<@Nullable Object> keys = readAll(in, map.key());
            List<@Nullable Object> values = readAll(in, map.value());
            Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
            for (int index = 0; index < keys.size(); index++) {
                entries.put(keys.get(index), values.get(index));
            }
            return entries;
        }
        throw new IOException("no value of type " + type.text() + " can come from outside");
    }

    private static float[] floats(List<@Nullable Object> values) throws IOException {
        float[] floats = new float[values.size()];
        for (int index = 0; index < floats.length; index++) {
            if (!(values.get(index) instanceof Float value)) {
                throw new IOException("element " + index + " of a vector is missing");
            }
            floats[index] = value;
        }
        return floats;
    }

    private static List<@Nullable Object> readAll(DataInputStream in, DataType type) throws IOException {
        int count = in.readInt();
        List<@Nullable Object> values = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            values.add(read(in, type));
        }
        return values;
    }

    private static byte[] readBytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException("it ends " + (length - bytes.length) + " bytes too early");
        }
        return bytes;
    }
}
