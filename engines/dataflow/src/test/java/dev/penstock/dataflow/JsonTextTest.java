package dev.penstock.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonTextTest {
    @Test
    void writesEveryKindOfValue() {
        Schema inner = Schema.of(Field.of("x", DataType.INT32));
        Schema schema = Schema.of(
                Field.of("text", DataType.STRING),
                Field.of("json", DataType.JSON),
                Field.of("bytes", DataType.BYTES),
                Field.of("day", DataType.DATE),
                Field.of("at", DataType.TIMESTAMP),
                Field.of("price", DataType.decimal(10, 2)),
                Field.of("vector", DataType.vector(2)),
                Field.of("list", DataType.listOf(DataType.FLOAT64)),
                Field.of("map", DataType.mapOf(DataType.STRING, DataType.BOOLEAN)),
                Field.of("struct", new DataType.Struct(inner.fields())),
                Field.of("none", DataType.INT64));
        Row row = Row.of(
                schema,
                "a \"b\"\\\n\u0001é",
                "{\"k\":[1]}",
                Bytes.copyOf(new byte[] {1, 2, 3}),
                LocalDate.of(2026, 11, 21),
                Instant.parse("2026-11-21T08:00:00.5Z"),
                new BigDecimal("1E+3"),
                new float[] {0.5f, -1f},
                List.of(1.0, Double.NaN),
                Map.of("k", true),
                Row.of(inner, 7),
                null);
        assertThat(JsonText.of(row))
                .isEqualTo("{\"text\":\"a \\\"b\\\"\\\\\\n\\u0001é\",\"json\":{\"k\":[1]},\"bytes\":\"AQID\","
                        + "\"day\":\"2026-11-21\",\"at\":\"2026-11-21T08:00:00.500Z\",\"price\":1000,"
                        + "\"vector\":[0.5,-1.0],\"list\":[1.0,\"NaN\"],\"map\":{\"k\":true},\"struct\":{\"x\":7},"
                        + "\"none\":null}");
    }

    @Test
    void breaksWhatIsLong() {
        Map<String, Object> value = Map.of("list", List.of("a".repeat(60), "b".repeat(60)));
        assertThat(JsonText.pretty(value))
                .isEqualTo("{\n  \"list\": [\n    \"" + "a".repeat(60) + "\",\n    \"" + "b".repeat(60) + "\"\n  ]\n}");
    }
}
