package dev.penstock.dataflow.format;

import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.math.BigDecimal;
import java.math.BigInteger;
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

/** Batches of any schema, from a seed; values lie close to what breaks encoders as often as anywhere else. */
public final class RandomBatches {
    /** All types without parameters of their own, and some of each with. */
    public static final List<DataType> SCALARS = List.of(
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
            DataType.decimal(10, 2),
            DataType.decimal(18, 18),
            DataType.decimal(18, 0),
            DataType.decimal(40, 20));

    private static final String[] TEXTS = {
        "",
        " ",
        "plain",
        "\"quoted\"",
        "a,b",
        "line\nbreak",
        "tab\t\\ back",
        "\u0000\u001f",
        "héllo wörld",
        "日本語",
        "\uD83D\uDE00\uD83D\uDE00",
        "null",
        "NaN",
        "\u007f\u0080\uFFFF",
        "a longer text that spans several words of memory"
    };
    private static final String[] JSON = {
        "{}", "[]", "{\"a\":[1,2.5,null,true]}", "\"text \\n \\u00e9\"", "-0.5e10", "{ \"spaced\" : [ 1 , 2 ] }"
    };

    private final Random random;

    public RandomBatches(long seed) {
        this.random = new Random(seed);
    }

    /** A schema of {@code columns} columns of any type. */
    public Schema schema(int columns) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            fields.add(new Field("c" + i + (i % 3 == 0 ? " \"ü\"" : ""), type(2), random.nextInt(4) > 0, Map.of()));
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
                        Field.of("x", type(depth - 1)), Field.of("y", type(depth - 1)), Field.of("zé", type(0)));
            case 4 -> DataType.mapOf(keyType(), type(depth - 1));
            default -> SCALARS.get(random.nextInt(SCALARS.size()));
        };
    }

    private DataType keyType() {
        List<DataType> keys = List.of(DataType.STRING, DataType.INT64, DataType.DATE, DataType.UUID, DataType.BOOLEAN);
        return keys.get(random.nextInt(keys.size()));
    }

    /** {@code rows} rows of {@code schema}. */
    public RecordBatch batch(Schema schema, int rows) {
        BatchBuilder builder = new BatchBuilder(schema);
        for (int row = 0; row < rows; row++) {
            builder.append(schema.fields().stream().map(this::value).toArray());
        }
        return builder.build();
    }

    private @Nullable Object value(Field field) {
        return field.nullable() && random.nextInt(5) == 0 ? null : value(field.type());
    }

    private Object value(DataType type) {
        if (type instanceof DataType.Timestamp timestamp) {
            return timestamp(timestamp);
        }
        if (type instanceof DataType.Decimal decimal) {
            BigInteger unscaled = new BigInteger(random.nextInt((int) (decimal.precision() * 3.32)) + 1, random);
            return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), decimal.scale());
        }
        return type instanceof DataType.Scalar scalar ? scalar(scalar) : nested(type);
    }

    private Object timestamp(DataType.Timestamp type) {
        long micros = random.nextInt(3) == 0 ? random.nextLong() / 4 : random.nextInt() * 1_000_000L;
        Instant instant = type.precision() == DataType.Precision.NANOS
                ? Instant.ofEpochSecond(random.nextInt() * 2L, random.nextInt(1_000_000_000))
                : Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
        return type.zoned() ? instant : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private Object scalar(DataType.Scalar type) {
        return switch (type) {
            case BOOLEAN -> random.nextBoolean();
            case INT8 -> (int) (byte) random.nextInt();
            case INT16 -> (int) (short) random.nextInt();
            case INT32 -> random.nextInt();
            case INT64 -> random.nextBoolean() ? random.nextLong() : Long.MIN_VALUE + random.nextInt(3);
            case FLOAT32 -> random.nextInt(8) == 0 ? Float.NaN : Float.intBitsToFloat(random.nextInt());
            case FLOAT64 -> floating();
            case STRING -> text();
            case BYTES -> bytes();
            case DATE ->
                LocalDate.ofEpochDay(random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(40_000) - 9_000);
            case TIME ->
                LocalTime.ofNanoOfDay(random.nextInt(86_400) * 1_000_000_000L + random.nextInt(1_000_000) * 1_000L);
            case UUID -> new UUID(random.nextLong(), random.nextLong());
            case JSON -> JSON[random.nextInt(JSON.length)];
        };
    }

    private double floating() {
        return switch (random.nextInt(6)) {
            case 0 -> Double.longBitsToDouble(random.nextLong());
            case 1 -> random.nextInt(2_000_000) / 1000.0 - 1000;
            case 2 -> random.nextGaussian() * 1e9;
            case 3 ->
                new double[] {0.0, -0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 4.9e-324}
                        [random.nextInt(6)];
            case 4 -> random.nextLong();
            default -> random.nextInt(1000) / 100.0;
        };
    }

    private String text() {
        return TEXTS[random.nextInt(TEXTS.length)] + TEXTS[random.nextInt(TEXTS.length)];
    }

    private Bytes bytes() {
        byte[] bytes = new byte[random.nextInt(20)];
        random.nextBytes(bytes);
        return Bytes.copyOf(bytes);
    }

    private Object nested(DataType type) {
        if (type instanceof DataType.ListOf list) {
            return elements(Field.of("", list.element()), random.nextInt(4));
        }
        if (type instanceof DataType.FixedList vector) {
            return elements(Field.required("", vector.element()), vector.size());
        }
        if (type instanceof DataType.Struct struct) {
            return Row.of(
                    struct.schema(), struct.fields().stream().map(this::value).toArray());
        }
        DataType.MapOf map = (DataType.MapOf) type;
        Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            entries.put(value(map.key()), value(Field.of("", map.value())));
        }
        return entries;
    }

    private List<@Nullable Object> elements(Field element, int count) {
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(value(element));
        }
        return elements;
    }
}
