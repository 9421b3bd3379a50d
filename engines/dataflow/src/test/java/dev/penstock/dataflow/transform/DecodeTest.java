package dev.penstock.dataflow.transform;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Payload;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.Transform;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecodeTest {
    private static Transform decode(String format, String... columns) {
        Map<String, String> types = new LinkedHashMap<>();
        for (String column : columns) {
            types.put(column.substring(0, column.indexOf(' ')), column.substring(column.indexOf(' ') + 1));
        }
        return Steps.step(
                new DecodeConnector(),
                columns.length == 0 ? Map.of("format", format) : Map.of("format", format, "columns", types));
    }

    private static String reason(Transform decode, String record) {
        List<RejectedRow> rejected =
                decode.apply(Steps.records("{}", record, "{}")).rejected();
        return rejected.stream()
                .filter(row -> row.index() == 1)
                .findFirst()
                .map(RejectedRow::reason)
                .orElse("none");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"a\":\"x\"}|column 'a': expected int64, found a string",
                "{\"a\":true}|column 'a': expected int64, found true",
                "{\"a\":[1]}|column 'a': expected int64, found an array",
                "{\"a\":1.5}|column 'a': expected int64, found a number with a fraction",
                "{\"a\":9223372036854775808}|column 'a': expected int64, found a number out of range",
                "{\"a\":1,\"a\":2}|column 'a': found twice",
                "{\"a\":1}x|malformed JSON at byte 7: expected the end",
                "{\"a\":1|malformed JSON at byte 6: expected '}'",
                "{\"a\":}|column 'a': malformed JSON at byte 5: expected a value",
                "{\"b\":\"\\ud800\"}|malformed JSON at byte 6: expected a valid escape",
                "[]|expected an object, found an array",
                "7|expected an object, found a number"
            })
    void saysWhatIsWrongWithARecordAndDeliversItsNeighbours(String record, String reason) {
        Transform decode = decode("ndjson", "a int64");
        assertThat(reason(decode, record)).isEqualTo(reason);
        TransformResult result = decode.apply(Steps.records("{\"a\":1}", record, "{\"a\":3}"));
        assertThat(result.rows().toRows().stream().map(row -> row.get("a"))).containsExactly(1L, 3L);
        assertThat(result.inputRows()).hasValue(new int[] {0, 2});
    }

    @Test
    void rejectsMissingAndNullValuesOfRequiredColumns() {
        Transform decode = decode("ndjson", "a int64!", "b string");
        assertThat(reason(decode, "{\"b\":\"x\"}")).isEqualTo("column 'a': is missing");
        assertThat(reason(decode, "{\"a\":null}")).isEqualTo("column 'a': expected a value, found null");
        assertThat(decode.output(Steps.RECORDS).field("a").nullable()).isFalse();
    }

    @Test
    void rejectsInvalidUtf8AndKeepsTheRest() {
        byte[] overlong = "{\"s\":\"\u00c0\u0080 a text of some length\"}".getBytes(ISO_8859_1);
        byte[] cut = "{\"s\":\"\u00e6\u0097\"}".getBytes(ISO_8859_1);
        TransformResult result = decode("ndjson", "s string")
                .apply(Steps.records(List.of(overlong, "{\"s\":\"é\"}".getBytes(UTF_8), cut)));
        assertThat(result.rejected()).extracting(RejectedRow::index).containsExactly(0, 2);
        assertThat(result.rejected().get(0).reason()).isEqualTo("column 's': malformed JSON at byte 6: expected UTF-8");
        assertThat(result.rows().row(0).get("s")).isEqualTo("é");
    }

    @Test
    void survivesATextThatIsNothingButDepth() {
        assertThat(reason(decode("ndjson", "a json"), "{\"a\":" + "[".repeat(100_000)))
                .startsWith("column 'a': malformed JSON at byte")
                .endsWith("expected no more than 500 levels");
    }

    @Test
    void readsALineOfAHundredMegabytes() {
        byte[] record = ("{\"a\":\"" + "x".repeat(100_000_000) + "\"}").getBytes(UTF_8);
        TransformResult result = decode("ndjson", "a string").apply(Steps.records(List.of(record)));
        assertThat(result.rejected()).isEmpty();
        assertThat(result.rows().column("a").sizeInBytes()).isGreaterThan(100_000_000);
    }

    @Test
    void leavesUnknownFieldsOutOrRejectsThem() {
        String record = "{\"x\":{\"deep\":[1,\"]\"]},\"a\":1,\"y\":null}";
        assertThat(reason(decode("ndjson", "a int64"), record)).isEqualTo("none");
        Transform strict = Steps.step(
                new DecodeConnector(),
                Map.of("format", "ndjson", "columns", Map.of("a", "int64"), "unknown-fields", "reject"));
        assertThat(reason(strict, record)).isEqualTo("field 'x' is not a column");
    }

    @Test
    void readsFieldsInAnyOrderAndWithEscapedNames() {
        List<Row> rows = decode("ndjson", "a int64", "b int64", "c int64")
                .apply(Steps.records(
                        "{\"c\":3,\"a\":1}", "{\"\\u0062\":2,\"c\":3}", " {\"a\" : 1 , \"b\":2,\"c\":3} ", ""))
                .rows()
                .toRows();
        assertThat(rows.stream().map(Row::values))
                .isEqualTo(List.of(
                        java.util.Arrays.asList(1L, null, 3L),
                        java.util.Arrays.asList(null, 2L, 3L),
                        List.of(1L, 2L, 3L)));
    }

    @Test
    void readsTimestampsAsTextAndAsMilliseconds() {
        List<Row> rows = decode("ndjson", "t timestamp")
                .apply(Steps.records("{\"t\":\"1970-01-01T00:00:01.5Z\"}", "{\"t\":1500}", "{\"t\":\"1500\"}"))
                .rows()
                .toRows();
        assertThat(rows).extracting(row -> String.valueOf(row.get("t"))).containsOnly("1970-01-01T00:00:01.500Z");
    }

    @Test
    void readsArraysOfObjectsAsARowEach() {
        TransformResult result = decode("json", "a int64")
                .apply(Steps.records("[{\"a\":1},\n{\"a\":2}]", "{\"a\":3}", "[{\"a\":4},{\"a\":\"x\"}]", "[]"));
        assertThat(result.rows().toRows().stream().map(row -> row.get(0))).containsExactly(1L, 2L, 3L);
        assertThat(result.inputRows()).hasValue(new int[] {0, 0, 1});
        assertThat(result.rejected()).extracting(RejectedRow::index).containsExactly(2);
    }

    @Test
    void keepsOtherColumnsOperationsAndTimesOfTheRows() {
        Schema schema = new Schema(List.of(Field.of("path", DataType.STRING), Payload.FIELD), List.of("path"));
        BatchBuilder builder = new BatchBuilder(schema);
        builder.append(Row.of(schema, "p1", Bytes.copyOf("bad".getBytes(UTF_8))));
        builder.append(
                Row.of(schema, "p2", Bytes.copyOf("{\"a\":2}".getBytes(UTF_8))).with(Operation.UPDATE));
        builder.append(Row.of(schema, "p3", null).with(Operation.DELETE));
        RecordBatch batch = builder.build().withEventTimes(new long[] {1, 2, 3});

        RecordBatch rows = decode("ndjson", "a int64!").apply(batch).rows();

        assertThat(rows.toRows())
                .isEqualTo(List.of(
                        Row.of(rows.schema(), "p2", 2L).with(Operation.UPDATE),
                        Row.of(rows.schema(), "p3", null).with(Operation.DELETE)));
        assertThat(rows.eventTimes()).hasValue(new long[] {2, 3});
        assertThat(rows.schema().key()).containsExactly("path");
    }

    @Test
    void readsCsvByPositionAndSaysWhatIsWrong() {
        Transform decode = Steps.step(
                new DecodeConnector(),
                Map.of("format", "csv", "header", false, "columns", new LinkedHashMap<>(Map.of("a", "int64"))));
        TransformResult result = decode.apply(Steps.records("1", "\"2\"", "x", "", "1,2", "\"open", "\"a\"b"));
        assertThat(result.rows().toRows()).extracting(row -> row.get(0)).containsExactly(1L, 2L, null);
        assertThat(result.rejected())
                .extracting(RejectedRow::reason)
                .containsExactly(
                        "column 'a': expected int64, found text that is not a number",
                        "malformed csv: 2 fields, expected 1",
                        "malformed csv: a quoted field without an end",
                        "malformed csv: text behind a quoted field");
    }

    @Test
    void collectsAllProblemsOfColumns() {
        Schema input = Schema.of(Payload.FIELD, Field.of("a", DataType.INT64));
        Transform decode = decode("ndjson", "a int64", "b nonsense", "c string");
        assertThatThrownBy(() -> decode.output(input))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .extracting(problem -> problem.path())
                                .containsExactly("columns.b", "columns.a"));
        assertThatThrownBy(() -> decode("ndjson").output(input)).hasMessageStartingWith("columns: is missing");
    }

    @Test
    void completesASourceWhoseColumnsWereInferred() {
        var config = Steps.config(
                new DecodeConnector(), Map.of("format", "csv", "delimiter", ";", "unknown-fields", "reject"));
        assertThat(new DecodeConnector().knowsColumns(config)).isFalse();
        var completed = new DecodeConnector().withColumns(config, Map.of("x", "int64"));
        assertThat(new DecodeConnector().knowsColumns(completed)).isTrue();
        assertThat(completed.toString()).contains("delimiter=;").contains("REJECT");
    }

    @Test
    void givesTextAsItIs() {
        TransformResult result = decode("text").apply(Steps.records(List.of("é".getBytes(UTF_8), new byte[] {-1})));
        assertThat(result.rows().toRows()).extracting(row -> row.get("text")).isEqualTo(new ArrayList<>(List.of("é")));
        assertThat(result.rejected())
                .singleElement()
                .extracting(RejectedRow::reason)
                .isEqualTo("expected text, found bytes that are not UTF-8");
    }
}
