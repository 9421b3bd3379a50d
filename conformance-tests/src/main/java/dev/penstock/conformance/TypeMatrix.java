package dev.penstock.conformance;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Values that connectors get wrong, by type: the least and the greatest, the empty and the missing, the first and the
 * last year, what looks like something else.
 */
public final class TypeMatrix {
    /** The column that tells the rows apart: texts in their order. */
    public static final String KEY = "id";

    private static final int MEBIBYTE = 1 << 20;
    private static final DataType NESTED =
            DataType.struct(Field.of("name", DataType.STRING), Field.of("counts", DataType.listOf(DataType.INT64)));
    private static final List<DataType> TYPES = List.of(
            DataType.BOOLEAN,
            DataType.INT8,
            DataType.INT16,
            DataType.INT32,
            DataType.INT64,
            DataType.FLOAT32,
            DataType.FLOAT64,
            DataType.decimal(38, 18),
            DataType.decimal(10, 2),
            DataType.STRING,
            DataType.BYTES,
            DataType.DATE,
            DataType.TIME,
            DataType.UUID,
            DataType.JSON,
            DataType.TIMESTAMP,
            new DataType.Timestamp(DataType.Precision.NANOS, true),
            new DataType.Timestamp(DataType.Precision.MICROS, false),
            new DataType.Timestamp(DataType.Precision.NANOS, false),
            DataType.listOf(DataType.STRING),
            DataType.vector(3),
            NESTED,
            DataType.mapOf(DataType.STRING, DataType.INT64));

    private TypeMatrix() {}

    /** A column {@link #KEY}, and one for each type that the outside system can hold. */
    public static Schema schema(Predicate<DataType> holds) {
        requireNonNull(holds, "holds");
        Stream<Field> columns = TYPES.stream().filter(holds).map(type -> Field.of(name(type), type));
        return new Schema(Stream.concat(Stream.of(Field.required(KEY, DataType.STRING)), columns)
                .toList());
    }

    private static String name(DataType type) {
        return type.text().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_") + "_";
    }

    /** Rows of a {@link #schema}: each value of each type at least once, a missing one among them. */
    public static List<Row> rows(Schema schema) {
        int count = schema.fields().stream()
                .mapToInt(field -> values(field.type()).size())
                .max()
                .orElse(0);
        List<Row> rows = new ArrayList<>();
        for (int row = 0; row < count; row++) {
            @Nullable Object[] values = new Object[schema.size()];
            values[0] = "row-" + (char) ('a' + row);
            for (int column = 1; column < values.length; column++) {
                List<@Nullable Object> all = values(schema.field(column).type());
                values[column] = all.get(row % all.size());
            }
            rows.add(Row.of(schema, values));
        }
        return rows;
    }

    private static List<@Nullable Object> values(DataType type) {
        if (type instanceof DataType.Scalar scalar) {
            return scalar(scalar);
        }
        if (type instanceof DataType.Decimal decimal) {
            return decimal.scale() == 2
                    ? list(null, new BigDecimal("99999999.99"), new BigDecimal("-0.01"))
                    : list(
                            null,
                            new BigDecimal("12345678901234567890.123456789012345678"),
                            new BigDecimal("-0.000000000000000001"),
                            new BigDecimal("0.000000000000000000"));
        }
        if (type instanceof DataType.Timestamp timestamp) {
            return timestamps(timestamp);
        }
        if (type instanceof DataType.ListOf) {
            return list(null, List.of(), List.of("", "a"), list("b", null));
        }
        if (type instanceof DataType.FixedList) {
            return list(null, new float[] {0f, -1.5f, Float.MIN_VALUE}, new float[] {1f, 2f, 3f});
        }
        if (type instanceof DataType.MapOf) {
            return list(null, Map.of(), Map.of("one", 1L));
        }
        Schema nested = ((DataType.Struct) type).schema();
        return list(null, Row.of(nested, "a", List.of(1L, 2L)), Row.of(nested, null, null));
    }

    private static List<@Nullable Object> scalar(DataType.Scalar type) {
        return switch (type) {
            case BOOLEAN -> list(null, true, false);
            case INT8 -> list(null, (int) Byte.MIN_VALUE, (int) Byte.MAX_VALUE);
            case INT16 -> list(null, (int) Short.MIN_VALUE, (int) Short.MAX_VALUE);
            case INT32 -> list(null, Integer.MIN_VALUE, Integer.MAX_VALUE, 0);
            case INT64 -> list(null, Long.MIN_VALUE, Long.MAX_VALUE, (1L << 53) + 1);
            case FLOAT32 -> list(null, Float.NaN, -0f, 0f, Float.MIN_VALUE, Float.NEGATIVE_INFINITY, 0.1f);
            case FLOAT64 -> list(null, Double.NaN, -0d, 0d, Double.MIN_VALUE, Double.POSITIVE_INFINITY, 0.1d);
            case STRING -> list(null, "", " ", "\uD834\uDD1E and \u0130\u0131Ii", "a\tb\"c'd\\e", "x".repeat(MEBIBYTE));
            case BYTES -> list(null, Bytes.copyOf(new byte[0]), Bytes.copyOf(everyByte()));
            case DATE -> list(null, LocalDate.of(1, 1, 1), LocalDate.of(9999, 12, 31), LocalDate.of(1970, 1, 1));
            case TIME -> list(null, LocalTime.MIDNIGHT, LocalTime.of(23, 59, 59, 999_999_000));
            case UUID -> list(null, new UUID(0, 0), UUID.fromString("f81d4fae-7dec-11d0-a765-00a0c91e6bf6"));
            case JSON -> list(null, "{\"a\":null,\"b\":[1,2.50,\"\u00e9\"]}", "null", "{}");
        };
    }

    private static List<@Nullable Object> timestamps(DataType.Timestamp type) {
        List<LocalDateTime> times = type.precision() == DataType.Precision.NANOS
                ? List.of(
                        LocalDateTime.of(1700, 1, 1, 0, 0, 0, 1),
                        LocalDateTime.of(2026, 3, 29, 2, 30, 0, 123_456_789),
                        LocalDateTime.of(2262, 1, 1, 0, 0))
                : List.of(
                        LocalDateTime.of(1, 1, 1, 0, 0),
                        LocalDateTime.of(2026, 3, 29, 2, 30, 0, 123_456_000),
                        LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_999_000));
        List<@Nullable Object> values = new ArrayList<>();
        values.add(null);
        for (LocalDateTime time : times) {
            Object value = type.zoned() ? instant(time) : time;
            values.add(value);
        }
        return values;
    }

    private static Instant instant(LocalDateTime time) {
        return time.toInstant(ZoneOffset.UTC);
    }

    private static byte[] everyByte() {
        byte[] bytes = new byte[256];
        for (int value = 0; value < bytes.length; value++) {
            bytes[value] = (byte) value;
        }
        return bytes;
    }

    private static List<@Nullable Object> list(@Nullable Object... values) {
        return Arrays.asList(values);
    }
}
