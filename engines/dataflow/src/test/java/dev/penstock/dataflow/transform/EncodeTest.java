package dev.penstock.dataflow.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Payload;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.Transform;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.data.Validity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EncodeTest {
    private static final Schema SCHEMA = Schema.of(
            Field.of("a", DataType.INT64),
            Field.of("s", DataType.STRING),
            Field.of("d", DataType.FLOAT64),
            Field.of("j", DataType.JSON));

    private static RecordBatch rows() {
        return new BatchBuilder(SCHEMA)
                .append(1L, "x\"y\n\u0001é", 1.10, "{\"k\":\n1}")
                .append(null, "", Double.NaN, null)
                .append(Row.of(SCHEMA, -1L, "a,b", 1e300, "[]").with(Operation.DELETE))
                .build();
    }

    private static TransformResult encode(Map<String, Object> settings, RecordBatch batch) {
        return Steps.step(new EncodeConnector(), settings).apply(batch);
    }

    @Test
    void writesJsonOnOneLineARow() {
        TransformResult result = encode(Map.of("format", "ndjson"), rows());
        assertThat(Steps.texts(result.rows()))
                .containsExactly(
                        "{\"a\":1,\"s\":\"x\\\"y\\n\\u0001é\",\"d\":1.1,\"j\":{\"k\": 1}}",
                        "{\"a\":null,\"s\":\"\",\"d\":\"NaN\",\"j\":null}",
                        "{\"a\":-1,\"s\":\"a,b\",\"d\":1.0E300,\"j\":[]}");
        assertThat(result.rows().operation(2)).isEqualTo(Operation.DELETE);
    }

    @Test
    void keepsColumnsBesideTheRecordAndLeavesOthersOutOfIt() {
        Map<String, Object> settings =
                Map.of("format", "ndjson", "keep", List.of("s"), "without", List.of("s", "d", "j"));
        RecordBatch bad = new BatchBuilder(SCHEMA)
                .append(1L, "one", null, null)
                .append(2L, "two", null, null)
                .build();
        TransformResult result = encode(settings, bad);
        assertThat(result.rows().schema().names()).containsExactly("s", Payload.COLUMN);
        assertThat(Steps.texts(result.rows())).containsExactly("{\"a\":1}", "{\"a\":2}");
        assertThat(result.rows().row(1).get("s")).isEqualTo("two");
    }

    @Test
    void keepsWhatBelongsToTheRowsThatCouldBeWritten() {
        Schema schema = Schema.of(Field.of("k", DataType.INT64), Field.of("j", DataType.JSON));
        RecordBatch batch = new BatchBuilder(schema)
                .append(1L, "[]")
                .append(2L, "[")
                .append(3L, "{}")
                .build();
        TransformResult result = encode(Map.of("format", "ndjson", "keep", List.of("k")), batch);
        assertThat(result.rejected()).extracting(RejectedRow::index).containsExactly(1);
        assertThat(result.rows().toRows()).extracting(row -> row.get("k")).containsExactly(1L, 3L);
    }

    @Test
    void refusesToKeepAColumnThatIsNotThere() {
        Transform encode = Steps.step(new EncodeConnector(), Map.of("format", "ndjson", "keep", List.of("q")));
        assertThatThrownBy(() -> encode.output(SCHEMA))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("keep: column 'q' is not there");
    }

    @Test
    void writesCsvAndItsHeader() {
        Transform encode = Steps.step(new EncodeConnector(), Map.of("format", "csv", "operation-column", "op"));
        assertThat(encode.output(SCHEMA).field(Payload.COLUMN).metadata())
                .isEqualTo(Map.of(Payload.HEADER, "op,a,s,d,j"));
        assertThat(Steps.texts(encode.apply(rows()).rows()))
                .containsExactly(
                        "insert,1,\"x\"\"y\n\u0001é\",1.1,\"{\"\"k\"\":\n1}\"",
                        "insert,,\"\",NaN,",
                        "delete,-1,\"a,b\",1.0E300,[]");
    }

    @Test
    void rejectsBytesThatAreNoTextAndJsonThatIsNone() {
        Schema schema = Schema.of(Field.of("s", DataType.STRING), Field.of("j", DataType.JSON));
        byte[] text = {'a', (byte) 0xC0, '1', '{'};
        BytesColumn strings = new BytesColumn(DataType.STRING, new int[] {0, 1, 2, 3}, text, Validity.ALL);
        BytesColumn json = new BytesColumn(DataType.JSON, new int[] {2, 3, 3, 4}, text, Validity.ALL);
        RecordBatch batch = RecordBatch.of(schema, 3, List.of(strings, json));
        TransformResult result = encode(Map.of("format", "ndjson"), batch);
        assertThat(Steps.texts(result.rows())).containsExactly("{\"s\":\"a\",\"j\":1}");
        assertThat(result.rejected())
                .containsExactly(
                        new RejectedRow(1, "column 's': expected text, found bytes that are not UTF-8"),
                        new RejectedRow(2, "column 'j': malformed JSON at byte 1: expected '\"'"));
    }

    @Test
    void writesTextOfOneColumnOnly() {
        Schema one = Schema.of(Field.of("line", DataType.STRING));
        RecordBatch batch =
                new BatchBuilder(one).append("é").append((Object) null).build();
        TransformResult result = encode(Map.of("format", "text"), batch);
        assertThat(Steps.texts(result.rows())).containsExactly("é");
        assertThat(result.rejected()).containsExactly(new RejectedRow(1, "the text is null"));
        assertThatThrownBy(() -> Steps.step(new EncodeConnector(), Map.of("format", "text"))
                        .output(SCHEMA))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("text holds one column of strings");
    }

    @Test
    void refusesMapsWhoseKeysHaveNoText() {
        Schema schema = Schema.of(Field.of("m", DataType.mapOf(DataType.listOf(DataType.INT64), DataType.INT64)));
        assertThatThrownBy(() -> Steps.step(new EncodeConnector(), Map.of("format", "ndjson"))
                        .output(schema))
                .hasMessageContaining("column 'm' is a map whose keys are list<int64>");
    }
}
