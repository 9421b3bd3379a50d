package dev.penstock.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyObjectTest {
    private static String key(Schema schema, @Nullable Object... values) {
        RecordBatch batch = new BatchBuilder(schema).append(values).build();
        return new String(new RecordKeys(batch, new KeyColumns(schema.names(), true)).key(0), UTF_8);
    }

    @Test
    void writesEachTypeAsJsonWithoutWhiteSpace() {
        Schema schema = Schema.of(
                Field.of("n", DataType.INT32),
                Field.of("b", DataType.BOOLEAN),
                Field.of("d", DataType.DATE),
                Field.of("u", DataType.UUID),
                Field.of("x", DataType.BYTES),
                Field.of("j", DataType.JSON),
                Field.of("none", DataType.STRING));
        UUID id = UUID.fromString("3f2504e0-4f89-11d3-9a0c-0305e82c3301");
        assertThat(key(schema, -7, true, LocalDate.of(2026, 1, 31), id, Bytes.copyOf(new byte[] {1, 2}), "[1]", null))
                .isEqualTo("{\"n\":-7,\"b\":true,\"d\":\"2026-01-31\",\"u\":\"" + id
                        + "\",\"x\":\"AQI=\",\"j\":[1],\"none\":null}");
    }

    @Test
    void escapesWhatStringsAndNamesMustNotHold() {
        Schema schema = Schema.of(Field.of("a\"b", DataType.STRING));
        assertThat(key(schema, "ü\"\\\n\u0001/")).isEqualTo("{\"a\\\"b\":\"ü\\\"\\\\\\n\\u0001/\"}");
    }

    @Test
    void oneColumnCanBeAnObjectToo() {
        Schema schema = Schema.of(Field.of("id", DataType.INT64));
        RecordBatch batch = new BatchBuilder(schema).append(5L).build();
        assertThat(new RecordKeys(batch, new KeyColumns(List.of("id"), true)).key(0))
                .isEqualTo("{\"id\":5}".getBytes(UTF_8));
        assertThat(new RecordKeys(batch, new KeyColumns(List.of("id"), false)).key(0))
                .isEqualTo("5".getBytes(UTF_8));
    }
}
