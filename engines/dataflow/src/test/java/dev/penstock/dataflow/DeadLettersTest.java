package dev.penstock.dataflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.BadRow;
import dev.penstock.spi.Payload;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Origin;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DeadLettersTest {
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");
    private static final DeadLetters LETTERS = new DeadLetters("copy", Clock.fixed(NOW, ZoneOffset.UTC));

    private static Bytes bytes(String text) {
        return Bytes.copyOf(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Row letter(@Nullable Object... values) {
        return Row.of(DeadLetters.SCHEMA, values);
    }

    @Test
    void keepsWhatASourceCouldNotRead() {
        BadRow bad = new BadRow("a.csv", "byte 12", bytes("x;\"y"), "a quote is not closed");
        assertThat(LETTERS.ofBad("files", List.of(bad)).toRows())
                .containsExactly(letter(
                        "copy", "files", "a.csv", "byte 12", "a quote is not closed", "x;\"y", bytes("x;\"y"), NOW));
    }

    @Test
    void keepsBytesThatAreNoText() {
        Bytes binary = Bytes.copyOf(new byte[] {(byte) 0xFF, 0});
        Row row = LETTERS.ofBad("files", List.of(new BadRow("p", "1", binary, "no")))
                .row(0);
        assertThat(row.get("row")).isNull();
        assertThat(row.get("bytes")).isEqualTo(binary);
    }

    @Test
    void keepsRejectedRowsAsJsonWithTheirPlace() {
        Schema schema = Schema.of(Field.of("id", DataType.INT64), Field.of("name", DataType.STRING));
        RecordBatch batch = new BatchBuilder(schema)
                .append(1L, "a")
                .append(2L, null)
                .build()
                .withOrigin(new Origin() {
                    @Override
                    public String partition(int row) {
                        return "p";
                    }

                    @Override
                    public String position(int row) {
                        return "row " + row;
                    }
                });
        assertThat(LETTERS.ofRejected("cast", batch, List.of(new RejectedRow(1, "name is null")))
                        .toRows())
                .containsExactly(
                        letter("copy", "cast", "p", "row 1", "name is null", "{\"id\":2,\"name\":null}", null, NOW));
    }

    @Test
    void keepsTheBytesOfRejectedRecords() {
        RecordBatch batch = new BatchBuilder(Schema.of(Payload.FIELD))
                .append(bytes("{\"a\""))
                .build();
        assertThat(LETTERS.ofRejected("decode", batch, List.of(new RejectedRow(0, "ends early")))
                        .toRows())
                .containsExactly(letter("copy", "decode", null, null, "ends early", "{\"a\"", bytes("{\"a\""), NOW));
    }

    @Test
    void cutsOffWhatIsLong() {
        String text = "a" + "ä".repeat(BadRow.MAX_BYTES);
        Row row = LETTERS.ofBad("s", List.of(new BadRow("p", "1", bytes(text), "long")))
                .row(0);
        assertThat(row.get("bytes", Bytes.class).length()).isEqualTo(BadRow.MAX_BYTES);
        assertThat(row.get("row", String.class)).isEqualTo("a" + "ä".repeat(BadRow.MAX_BYTES / 2 - 1));
    }
}
