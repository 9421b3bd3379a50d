package dev.penstock.connector.lancedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.DataException;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.TimeStampSecVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class TypesTest {
    private static final DataType NANOS = new DataType.Timestamp(DataType.Precision.NANOS, true);
    private static final DataType LOCAL = new DataType.Timestamp(DataType.Precision.MICROS, false);
    private static final DataType.Struct POINT =
            DataType.struct(Field.of("x", DataType.INT32), Field.of("label", DataType.STRING));

    @TempDir
    Path directory;

    /** A type and values of it. */
    record Sample(DataType type, List<? extends @Nullable Object> values) {
        @Override
        public String toString() {
            return type.text();
        }
    }

    private static Sample sample(DataType type, @Nullable Object... values) {
        return new Sample(type, Arrays.asList(values));
    }

    static List<Sample> samples() {
        BigDecimal large = new BigDecimal("12345678901234567890123456789012345678.9012");
        return List.of(
                sample(DataType.BOOLEAN, true, null, false),
                sample(DataType.INT8, (int) Byte.MIN_VALUE, null, (int) Byte.MAX_VALUE),
                sample(DataType.INT16, (int) Short.MIN_VALUE, null, (int) Short.MAX_VALUE),
                sample(DataType.INT32, Integer.MIN_VALUE, null, Integer.MAX_VALUE),
                sample(DataType.INT64, Long.MIN_VALUE, null, Long.MAX_VALUE),
                sample(DataType.FLOAT32, -0.0f, null, Float.NaN, Float.POSITIVE_INFINITY),
                sample(DataType.FLOAT64, -0.0, null, Double.NaN, Double.MIN_VALUE),
                sample(DataType.STRING, "", null, "grüße \ud83d\ude00", "x".repeat(1 << 20)),
                sample(DataType.JSON, "{\"a\": [1]}", null, "null"),
                sample(DataType.BYTES, Bytes.copyOf(new byte[0]), null, Bytes.copyOf(new byte[] {0, -1})),
                sample(DataType.UUID, new UUID(1, -2), null, new UUID(0, 0)),
                sample(DataType.DATE, LocalDate.of(1, 1, 1), null, LocalDate.of(9999, 12, 31)),
                sample(DataType.TIME, LocalTime.MIDNIGHT, null, LocalTime.of(23, 59, 59, 999_999_000)),
                sample(
                        DataType.TIMESTAMP,
                        Instant.parse("0001-01-01T00:00:00Z"),
                        null,
                        Instant.parse("9999-12-31T23:59:59.999999Z")),
                sample(NANOS, Instant.parse("1969-12-31T23:59:59.999999999Z"), null, Instant.EPOCH),
                sample(LOCAL, LocalDateTime.of(2026, 11, 21, 8, 0, 0, 1000), null),
                sample(DataType.decimal(18, 2), new BigDecimal("-9999999999999999.99"), null, new BigDecimal("0.01")),
                sample(
                        DataType.decimal(38, 18),
                        new BigDecimal("-1").setScale(18),
                        null,
                        new BigDecimal("99999999999999999999.999999999999999999")),
                sample(DataType.decimal(60, 4), large, null, large.negate()),
                sample(DataType.listOf(DataType.STRING), List.of(), null, Arrays.asList("a", null, "")),
                sample(DataType.listOf(DataType.listOf(DataType.INT64)), List.of(List.of(1L), List.of()), null),
                sample(DataType.vector(3), new float[] {1, -0.5f, 0}, null, new float[] {0, 0, 0}),
                sample(new DataType.FixedList(DataType.FLOAT64, 2), List.of(1.0, 2.0), null),
                sample(POINT, Row.of(POINT.schema(), 1, "a"), null, Row.of(POINT.schema(), null, null)),
                sample(DataType.listOf(POINT), List.of(Row.of(POINT.schema(), 2, "b")), null),
                sample(DataType.mapOf(DataType.STRING, DataType.INT64), Map.of("a", 1L), null, Map.of()));
    }

    private static RecordBatch batch(Sample sample) {
        Schema schema = Schema.of(Field.required("id", DataType.INT32), Field.of("value", sample.type()));
        BatchBuilder builder = new BatchBuilder(schema);
        for (int i = 0; i < sample.values().size(); i++) {
            builder.append(i, sample.values().get(i));
        }
        return builder.build();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void comesBackAsItWas(Sample sample) {
        RecordBatch rows = batch(sample);
        try (Incarnation run = Incarnation.in(directory, rows.schema()).start()) {
            run.write(1, rows, rows.slice(1, rows.rowCount()));
        }
        List<Row> expected = new ArrayList<>(rows.toRows());
        expected.addAll(rows.slice(1, rows.rowCount()).toRows());
        assertThat(TableReading.rows(directory)).isEqualTo(expected);
    }

    @Test
    void keepsColumnsApartThatAreWrittenTogether() {
        List<Field> fields = new ArrayList<>();
        List<@Nullable Object> first = new ArrayList<>();
        List<Sample> samples = samples();
        for (int i = 0; i < samples.size(); i++) {
            fields.add(Field.of("c" + i, samples.get(i).type()));
            first.add(samples.get(i).values().get(0));
        }
        Schema schema = new Schema(fields);
        RecordBatch rows = new BatchBuilder(schema)
                .append(first.toArray())
                .append(new Object[fields.size()])
                .build();
        try (Incarnation run = Incarnation.in(directory, schema).start()) {
            run.write(1, rows);
        }
        assertThat(TableReading.rows(directory)).isEqualTo(rows.toRows());
    }

    @Test
    void rejectsVectorsThatAreNotFinite() {
        Schema schema = Schema.of(Field.of("vector", DataType.vector(2)));
        RecordBatch rows = new BatchBuilder(schema)
                .append(new float[] {1, Float.NaN})
                .append(new float[] {1, 2})
                .append(new float[] {Float.NEGATIVE_INFINITY, 0})
                .append((Object) null)
                .build();
        try (Incarnation run = Incarnation.in(directory, schema).start()) {
            run.writer().begin(run.epoch(1));
            String reason = "the vector in column 'vector' holds a number that is not finite";
            assertThat(run.writer().write(rows).rejected())
                    .containsExactly(new RejectedRow(0, reason), new RejectedRow(2, reason));
            run.commit(run.writer().prepare().stream().toList());
        }
        assertThat(TableReading.rows(directory)).hasSize(2);
    }

    @Test
    void aTimeThatMicrosecondsCannotHoldIsAnErrorOfTheData() {
        try (RootAllocator allocator = new RootAllocator();
                TimeStampSecVector times = new TimeStampSecVector("at", allocator);
                VectorSchemaRoot root = VectorSchemaRoot.of(times)) {
            times.setSafe(0, Long.MAX_VALUE);
            root.setRowCount(1);
            assertThatThrownBy(() -> ArrowReading.read(root, Schema.of(Field.of("at", LOCAL))))
                    .isInstanceOf(DataException.class)
                    .hasMessageStartingWith("Cannot read 9223372036854775807 in column 'at':");
        }
    }
}
