package dev.penstock.format.avro;

import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Row;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.jspecify.annotations.Nullable;

/** What the values that Avro's own reader gives are as values of rows. */
final class Expected {
    private Expected() {}

    static @Nullable Object of(@Nullable Object value, Schema schema, DataType type) {
        if (schema.getType() == Schema.Type.UNION) {
            Schema branch = schema.getTypes().get(GenericData.get().resolveUnion(schema, value));
            return of(value, branch, type);
        }
        if (value == null) {
            return null;
        }
        if (type == DataType.JSON) {
            return json(value);
        }
        if (value instanceof GenericData.Record record && type instanceof DataType.Struct struct) {
            List<@Nullable Object> values = new ArrayList<>();
            struct.fields()
                    .forEach(field -> values.add(of(
                            record.get(field.name()),
                            schema.getField(field.name()).schema(),
                            field.type())));
            return values;
        }
        if (value instanceof List<?> list && type instanceof DataType.ListOf elements) {
            List<@Nullable Object> values = new ArrayList<>();
            list.forEach(element -> values.add(of(element, schema.getElementType(), elements.element())));
            return values;
        }
        if (value instanceof Map<?, ?> map && type instanceof DataType.MapOf entries) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            map.forEach(
                    (key, element) -> values.put(key.toString(), of(element, schema.getValueType(), entries.value())));
            return values;
        }
        return scalar(value, schema, type);
    }

    private static Object json(Object value) {
        return value instanceof CharSequence text
                ? "\""
                        + text.toString()
                                .replace("\\", "\\\\")
                                .replace("\"", "\\\"")
                                .replace("\n", "\\u000a")
                                .replace("\u0001", "\\u0001")
                        + "\""
                : value.toString();
    }

    private static Object scalar(Object value, Schema schema, DataType type) {
        if (schema.getLogicalType() instanceof LogicalTypes.Decimal decimal && value instanceof ByteBuffer bytes) {
            return new BigDecimal(new BigInteger(bytes(bytes)), decimal.getScale());
        }
        if (value instanceof ByteBuffer bytes) {
            return Bytes.copyOf(bytes(bytes));
        }
        if (value instanceof GenericData.Fixed fixed) {
            return Bytes.copyOf(fixed.bytes());
        }
        if (value instanceof Number number) {
            return number(number, schema, type);
        }
        return value instanceof Boolean ? value : value.toString();
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private static Object number(Number number, Schema schema, DataType type) {
        if (type == DataType.DATE) {
            return LocalDate.ofEpochDay(number.intValue());
        }
        if (type == DataType.TIME) {
            return LocalTime.ofNanoOfDay(number.longValue() * 1_000_000);
        }
        if (type instanceof DataType.Timestamp timestamp) {
            String unit = Objects.requireNonNull(schema.getLogicalType()).getName();
            long perSecond = unit.endsWith("millis") ? 1_000 : unit.endsWith("micros") ? 1_000_000 : 1_000_000_000;
            long value = number.longValue();
            Instant instant = Instant.ofEpochSecond(
                    Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * (1_000_000_000 / perSecond));
            return timestamp.zoned() ? instant : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        }
        return number;
    }

    /** The values of a row as {@link #of} has them. */
    static @Nullable Object plain(@Nullable Object value) {
        if (value instanceof Row row) {
            List<@Nullable Object> values = new ArrayList<>();
            row.values().forEach(one -> values.add(plain(one)));
            return values;
        }
        if (value instanceof List<?> list) {
            List<@Nullable Object> values = new ArrayList<>();
            list.forEach(one -> values.add(plain(one)));
            return values;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            map.forEach((key, one) -> values.put(key.toString(), plain(one)));
            return values;
        }
        return value;
    }
}
