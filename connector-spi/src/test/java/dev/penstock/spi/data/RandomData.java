package dev.penstock.spi.data;

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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Schemas and rows of all types, the same for the same seed. */
final class RandomData {
    private static final int MOST_DEPTH = 2;

    private final Random random;

    RandomData(long seed) {
        this.random = new Random(seed);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    Schema schema() {
        List<Field> fields = new ArrayList<>();
        int size = 1 + below(6);
        for (int i = 0; i < size; i++) {
            fields.add(Field.of("c" + i, type(0)));
        }
        return new Schema(fields);
    }

    DataType type(int depth) {
        DataType.Scalar[] scalars = DataType.Scalar.values();
        int kind = below(depth < MOST_DEPTH ? scalars.length + 9 : scalars.length + 4) - scalars.length;
        return kind < 0 ? scalars[kind + scalars.length] : parameterised(kind, depth);
    }

    private DataType parameterised(int kind, int depth) {
        return switch (kind) {
            case 0 -> DataType.decimal(12, 3);
            case 1 -> DataType.decimal(38, 10);
            case 2 -> new DataType.Timestamp(precision(), random.nextBoolean());
            case 3 -> new DataType.FixedList(random.nextBoolean() ? DataType.FLOAT32 : DataType.FLOAT64, 1 + below(4));
            case 4, 5 -> DataType.listOf(type(depth + 1));
            case 6 -> DataType.mapOf(DataType.STRING, type(depth + 1));
            default -> DataType.struct(Field.of("x", type(depth + 1)), Field.of("y", type(depth + 1)));
        };
    }

    private DataType.Precision precision() {
        return random.nextBoolean() ? DataType.Precision.MICROS : DataType.Precision.NANOS;
    }

    List<Row> rows(Schema schema, int count) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            @Nullable Object[] values =
                    schema.fields().stream().map(field -> value(field.type())).toArray();
            Operation operation = below(3) > 0 ? Operation.INSERT : Operation.of((byte) below(4));
            rows.add(Row.of(schema, values).with(operation));
        }
        return rows;
    }

    @Nullable Object value(DataType type) {
        return below(5) == 0 ? null : present(type);
    }

    private Object present(DataType type) {
        if (type instanceof DataType.Scalar scalar) {
            return scalar(scalar);
        }
        if (type instanceof DataType.Decimal decimal) {
            BigInteger unscaled = new BigInteger(decimal.fitsLong() ? 30 : 110, random);
            return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), decimal.scale());
        }
        if (type instanceof DataType.Timestamp timestamp) {
            return timestamp(timestamp);
        }
        return nested(type);
    }

    private Object timestamp(DataType.Timestamp type) {
        long nanos = type.precision() == DataType.Precision.NANOS ? below(1_000_000_000) : below(1_000_000) * 1_000L;
        Instant instant = Instant.ofEpochSecond(random.nextInt(), nanos);
        return type.zoned() ? instant : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }

    private Object nested(DataType type) {
        if (type instanceof DataType.FixedList vector) {
            return vector(vector);
        }
        if (type instanceof DataType.ListOf list) {
            return several(() -> value(list.element()));
        }
        if (type instanceof DataType.MapOf map) {
            Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
            several(() -> entries.put(present(map.key()), value(map.value())));
            return entries;
        }
        DataType.Struct struct = (DataType.Struct) type;
        return Row.of(
                struct.schema(),
                struct.fields().stream().map(field -> value(field.type())).toArray());
    }

    private Object vector(DataType.FixedList type) {
        float[] floats = new float[type.size()];
        List<Object> doubles = new ArrayList<>();
        for (int i = 0; i < floats.length; i++) {
            floats[i] = random.nextFloat();
            doubles.add(random.nextDouble());
        }
        return type.element() == DataType.FLOAT32 ? floats : doubles;
    }

    private List<@Nullable Object> several(Supplier<@Nullable Object> one) {
        List<@Nullable Object> values = new ArrayList<>();
        int count = below(4);
        for (int i = 0; i < count; i++) {
            values.add(one.get());
        }
        return values;
    }

    private Object scalar(DataType.Scalar type) {
        return switch (type) {
            case BOOLEAN -> random.nextBoolean();
            case INT8 -> below(256) - 128;
            case INT16 -> below(65_536) - 32_768;
            case INT32 -> random.nextInt();
            case INT64 -> random.nextLong();
            case FLOAT32 -> below(10) == 0 ? Float.NaN : random.nextFloat();
            case FLOAT64 -> below(10) == 0 ? -0.0 : random.nextDouble();
            case STRING -> "é😀x".repeat(below(4));
            case JSON -> "{\"n\":" + below(100) + "}";
            case BYTES -> Bytes.copyOf(new BigInteger(8 * below(5), random).toByteArray());
            case DATE -> LocalDate.ofEpochDay(below(4_000_000) - 700_000);
            case TIME -> LocalTime.ofNanoOfDay(below(86_400_000) * 1_000_000L);
            case UUID -> new UUID(random.nextLong(), random.nextLong());
        };
    }
}
