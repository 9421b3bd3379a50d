package dev.penstock.dataflow.expression;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.penstock.dataflow.format.JsonTree;
import dev.penstock.dataflow.format.ValueException;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Row;
import java.math.BigDecimal;
import java.time.Duration;
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

/** Between the values of columns and those of the CEL library. */
final class CelValues {
    private final JsonTree json = new JsonTree(NullValue.NULL_VALUE);
    private boolean sawNull;

    /** Whether a null was converted since this was last asked. */
    boolean takeSawNull() {
        boolean saw = sawNull;
        sawNull = false;
        return saw;
    }

    /** The null of the library. */
    Object nullValue() {
        sawNull = true;
        return NullValue.NULL_VALUE;
    }

    /** The value of {@code column} in {@code row}, as the library wants it. */
    Object toCel(Column column, int row) {
        if (column.isNull(row)) {
            return nullValue();
        }
        if (column.type() == DataType.JSON && column instanceof BytesColumn bytes) {
            try {
                Object value = json.read(bytes.data(), bytes.start(row), bytes.start(row + 1));
                sawNull |= bytes.string(row).contains("null");
                return value;
            } catch (ValueException e) {
                return nullValue();
            }
        }
        return toCel(column.value(row));
    }

    private Object toCel(@Nullable Object value) {
        if (value == null) {
            return nullValue();
        }
        if (value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float || value instanceof BigDecimal) {
            return ((Number) value).doubleValue();
        }
        if (value instanceof UUID) {
            return value.toString();
        }
        if (value instanceof Bytes bytes) {
            return CelByteString.of(bytes.toArray());
        }
        Object time = time(value);
        return time == value ? nested(value) : time;
    }

    private static Object time(Object value) {
        if (value instanceof LocalDate date) {
            return date.atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        if (value instanceof LocalDateTime local) {
            return local.toInstant(ZoneOffset.UTC);
        }
        return value instanceof LocalTime time ? Duration.ofNanos(time.toNanoOfDay()) : value;
    }

    private Object nested(Object value) {
        if (value instanceof List<?> list) {
            List<Object> elements = new ArrayList<>(list.size());
            list.forEach(element -> elements.add(toCel(element)));
            return elements;
        }
        if (value instanceof float[] vector) {
            List<Object> elements = new ArrayList<>(vector.length);
            for (float element : vector) {
                elements.add((double) element);
            }
            return elements;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            map.forEach((key, entry) -> entries.put(toCel(key), toCel(entry)));
            return entries;
        }
        if (value instanceof Row row) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            for (int i = 0; i < row.schema().size(); i++) {
                entries.put(row.schema().field(i).name(), toCel(row.get(i)));
            }
            return entries;
        }
        return value;
    }

    /**
     * The value that the library gave, as a column of {@code type} holds it.
     *
     * @throws ArithmeticException if it does not fit
     */
    static @Nullable Object fromCel(DataType type, Object value) {
        if (value instanceof NullValue) {
            return null;
        }
        if (value instanceof UnsignedLong unsigned) {
            return unsigned.bigIntegerValue().longValueExact();
        }
        if (value instanceof CelByteString bytes) {
            return Bytes.copyOf(bytes.toByteArray());
        }
        if (value instanceof List<?> list && type instanceof DataType.ListOf of) {
            List<@Nullable Object> elements = new ArrayList<>(list.size());
            list.forEach(element -> elements.add(fromCel(of.element(), element)));
            return elements;
        }
        if (value instanceof Map<?, ?> map && type instanceof DataType.MapOf of) {
            Map<@Nullable Object, @Nullable Object> entries = new LinkedHashMap<>();
            map.forEach((key, entry) -> entries.put(fromCel(of.key(), key), fromCel(of.value(), entry)));
            return entries;
        }
        return value;
    }
}
