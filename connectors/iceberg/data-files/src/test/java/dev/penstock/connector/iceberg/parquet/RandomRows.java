package dev.penstock.connector.iceberg.parquet;

import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
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
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Schemas that tables can hold, and rows of them, from a seed; some columns repeat few values, others none. */
public final class RandomRows {
    private static final List<DataType> SCALARS = List.of(
            DataType.BOOLEAN,
            DataType.INT8,
            DataType.INT16,
            DataType.INT32,
            DataType.INT64,
            DataType.FLOAT32,
            DataType.FLOAT64,
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
            DataType.decimal(4, 2),
            DataType.decimal(9, 0),
            DataType.decimal(10, 2),
            DataType.decimal(18, 18),
            DataType.decimal(19, 4),
            DataType.decimal(38, 10));
    private static final double[] DOUBLES = {
        0.0, -0.0, 1.5, -1e300, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MIN_VALUE
    };

    private final Random random;
    private int distinct = 3;

    public RandomRows(long seed) {
        this.random = new Random(seed);
    }

    /** A schema of {@code columns} columns of any type. */
    public Schema schema(int columns) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            fields.add(new Field("c" + i + (i % 5 == 4 ? " ü-x" : ""), type(2), random.nextInt(4) > 0, Map.of()));
        }
        return new Schema(fields);
    }

    private DataType type(int depth) {
        return switch (depth == 0 ? 9 : random.nextInt(10)) {
            case 0 -> DataType.listOf(type(depth - 1));
            case 1 -> DataType.vector(1 + random.nextInt(4));
            case 2 -> new DataType.FixedList(DataType.FLOAT64, 1 + random.nextInt(3));
            case 3 ->
                DataType.struct(
                        Field.of("x", type(depth - 1)), Field.required("y", type(depth - 1)), Field.of("zé", type(0)));
            case 4 -> DataType.mapOf(random.nextBoolean() ? DataType.STRING : DataType.INT64, type(depth - 1));
            default -> SCALARS.get(random.nextInt(SCALARS.size()));
        };
    }

    /** {@code rows} rows of {@code schema}. */
    public RecordBatch batch(Schema schema, int rows) {
        BatchBuilder builder = new BatchBuilder(schema);
        int[] spread = random.ints(schema.size(), 1, 4).toArray();
        for (int row = 0; row < rows; row++) {
            @Nullable Object[] values = new Object[schema.size()];
            for (int i = 0; i < values.length; i++) {
                distinct = spread[i] == 3 ? Integer.MAX_VALUE : spread[i] * 3;
                values[i] = value(schema.field(i));
            }
            builder.append(values);
        }
        return builder.build();
    }

    private @Nullable Object value(Field field) {
        return field.nullable() && random.nextInt(5) == 0 ? null : value(field.type());
    }

    private long number() {
        int picked = random.nextInt(distinct);
        return distinct == Integer.MAX_VALUE ? picked * 2_000_003L * (random.nextBoolean() ? 1 : -1) : picked - 2;
    }

    private Object value(DataType type) {
        if (type instanceof DataType.Scalar scalar) {
            return scalar(scalar);
        } else if (type instanceof DataType.Timestamp timestamp) {
            return timestamp(timestamp);
        } else if (type instanceof DataType.Decimal decimal) {
            BigInteger unscaled = BigInteger.valueOf(number()).pow(decimal.precision() > 20 ? 2 : 1);
            return new BigDecimal(unscaled.remainder(BigInteger.TEN.pow(decimal.precision())), decimal.scale());
        } else if (type instanceof DataType.ListOf list) {
            return elements(list.element(), random.nextInt(4));
        } else if (type instanceof DataType.FixedList vector) {
            return vector(vector);
        } else if (type instanceof DataType.MapOf map) {
            Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                entries.put(value(map.key()), random.nextInt(4) == 0 ? null : value(map.value()));
            }
            return entries;
        }
        Schema schema = ((DataType.Struct) type).schema();
        return Row.of(schema, schema.fields().stream().map(this::value).toArray());
    }

    private List<@Nullable Object> elements(DataType type, int count) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(random.nextInt(5) == 0 ? null : value(type));
        }
        return elements;
    }

    private Object vector(DataType.FixedList vector) {
        if (vector.element() == DataType.FLOAT64) {
            List<Object> values = new ArrayList<>();
            for (int i = 0; i < vector.size(); i++) {
                values.add(number() / 8.0);
            }
            return values;
        }
        float[] values = new float[vector.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = number() / 8f;
        }
        return values;
    }

    private Object scalar(DataType.Scalar scalar) {
        long number = number();
        return switch (scalar) {
            case BOOLEAN -> (number & 1) == 0;
            case INT8 -> (int) (byte) number;
            case INT16 -> (int) (short) number;
            case INT32 -> (int) number;
            case INT64 -> number;
            case FLOAT32 -> random.nextInt(8) == 0 ? (float) DOUBLES[random.nextInt(DOUBLES.length)] : number / 8f;
            case FLOAT64 -> random.nextInt(8) == 0 ? DOUBLES[random.nextInt(DOUBLES.length)] : number / 8.0;
            case STRING -> text(number);
            case JSON -> "{\"n\": " + number + "}";
            case BYTES -> Bytes.copyOf(text(number).getBytes(StandardCharsets.UTF_16LE));
            case DATE -> LocalDate.ofEpochDay(number % 100_000);
            case TIME -> LocalTime.ofNanoOfDay(Math.floorMod(number, 86_400_000_000L) * 1000);
            case UUID -> new UUID(number * 0x9E3779B97F4A7C15L, number);
        };
    }

    private static String text(long number) {
        return switch ((int) Math.floorMod(number, 5L)) {
            case 0 -> "";
            case 1 -> "a text longer than sixteen characters, number " + number;
            case 2 -> "日本語日本語日本語日本語日本語日本語" + number;
            case 3 -> "\uD83D\uDE00".repeat(20) + number;
            default -> "t" + number;
        };
    }

    private Object timestamp(DataType.Timestamp timestamp) {
        long unit = timestamp.precision() == DataType.Precision.NANOS ? 1 : 1000;
        long nanos = Math.floorMod(number(), 1_000_000_000L) * unit;
        Instant instant = Instant.ofEpochSecond(number() % 1_000_000_000L, nanos % 1_000_000_000L);
        return timestamp.zoned() ? instant : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
