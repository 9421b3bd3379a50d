package dev.penstock.dataflow.transform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.spi.ConfigException;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Columns of bytes beside the record, such as keys of messages, are decoded and encoded too. */
class ColumnFormatsTest {
    private static final Schema KEYED =
            Schema.of(Field.of("kafka_key", DataType.BYTES), Field.required("id", DataType.INT64));
    private static final Schema ORDERS =
            Schema.of(Field.of("shop", DataType.STRING), Field.required("id", DataType.INT64));

    private static Transform decode(String... columns) {
        return Steps.step(
                new DecodeConnector(),
                Map.of(
                        "format",
                        "json",
                        "column",
                        "kafka_key",
                        "prefix",
                        "key_",
                        "columns",
                        Map.of(columns[0], columns[1])));
    }

    private static Row keyed(@Nullable String key, long id) {
        return Row.of(KEYED, key == null ? null : Bytes.copyOf(key.getBytes(UTF_8)), id);
    }

    private static RecordBatch keys(Row... rows) {
        BatchBuilder builder = new BatchBuilder(KEYED);
        List.of(rows).forEach(builder::append);
        return builder.build();
    }

    @Test
    void decodedColumnsTakeThePlaceOfTheirsAndOperationsStay() {
        TransformResult result = decode("id", "int64")
                .apply(keys(
                        keyed("{\"id\":7}", 1).with(Operation.DELETE),
                        keyed(null, 2).with(Operation.UPDATE)));

        assertThat(result.rejected()).isEmpty();
        assertThat(result.rows().schema())
                .isEqualTo(Schema.of(Field.of("key_id", DataType.INT64), Field.required("id", DataType.INT64)));
        assertThat(result.rows().toRows())
                .containsExactly(
                        Row.of(result.rows().schema(), 7L, 1L).with(Operation.DELETE),
                        Row.of(result.rows().schema(), null, 2L).with(Operation.UPDATE));
    }

    @Test
    void aValueThatCannotBeReadOrMustBeThereRejectsItsRowAlone() {
        TransformResult bad = decode("id", "int64").apply(keys(keyed("{", 1), keyed("{\"id\":7}", 2)));
        assertThat(bad.rejected())
                .singleElement()
                .satisfies(row -> assertThat(row.index()).isZero());
        assertThat(bad.rows().rowCount()).isEqualTo(1);

        TransformResult missing = decode("id", "int64!").apply(keys(keyed("{\"id\":7}", 1), keyed(null, 2)));
        assertThat(missing.rejected())
                .singleElement()
                .satisfies(row -> assertThat(row.index()).isEqualTo(1));
    }

    @Test
    void aValueThatHoldsNoRecordOrSeveralRejectsItsRow() {
        TransformResult result = decode("id", "int64")
                .apply(keys(
                        keyed("", 1),
                        keyed("{\"id\":7}", 2),
                        keyed("{", 3),
                        keyed("[{\"id\":1},{\"id\":2}]", 4),
                        keyed("[]", 5),
                        keyed(null, 6),
                        keyed("[{\"id\":8}]", 7)));

        assertThat(result.rejected()).extracting(RejectedRow::index).containsExactly(0, 2, 3, 4);
        assertThat(result.rejected())
                .extracting(RejectedRow::reason)
                .contains(
                        "column 'kafka_key': holds 0 records, not one", "column 'kafka_key': holds 2 records, not one");
        assertThat(result.rows().toRows())
                .extracting(row -> row.get("key_id"), row -> row.get("id"))
                .containsExactly(tuple(7L, 2L), tuple(null, 6L), tuple(8L, 7L));
        assertThat(result.inputRows())
                .hasValueSatisfying(rows -> assertThat(rows).containsExactly(1, 5, 6));
    }

    @Test
    void csvInAColumnHasNoHeader() {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("shop", "string");
        columns.put("number", "int64");
        Transform decode =
                Steps.step(new DecodeConnector(), Map.of("format", "csv", "column", "kafka_key", "columns", columns));

        TransformResult result = decode.apply(keys(keyed("a,7", 1), keyed("", 2)));

        assertThat(result.rows().toRows())
                .extracting(row -> row.get("shop"), row -> row.get("number"), row -> row.get("id"))
                .containsExactly(tuple("a", 7L, 1L));
        assertThat(result.rejected()).extracting(RejectedRow::index).containsExactly(1);
    }

    @Test
    void theColumnMustBeThereAndNamesMustBeFree() {
        assertThatThrownBy(() -> decode("id", "int64").output(ORDERS))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("column: no column 'kafka_key' of bytes");
        Transform withoutPrefix = Steps.step(
                new DecodeConnector(),
                Map.of("format", "json", "column", "kafka_key", "columns", Map.of("id", "int64")));
        assertThatThrownBy(() -> withoutPrefix.output(KEYED))
                .hasMessageContaining("columns.id: is already a column beside the record; give a prefix");
    }

    private static RecordBatch orders(Row... rows) {
        BatchBuilder builder = new BatchBuilder(ORDERS);
        List.of(rows).forEach(builder::append);
        return builder.build();
    }

    @Test
    void encodedColumnsComeIntoAFurtherOneInTheOrderGiven() {
        Transform encode = Steps.step(
                new EncodeConnector(), Map.of("format", "json", "columns", List.of("id", "shop"), "into", "kafka_key"));
        RecordBatch rows = encode.apply(orders(Row.of(ORDERS, "a", 1L).with(Operation.DELETE)))
                .rows();

        assertThat(rows.schema()).isEqualTo(ORDERS.with(Field.required("kafka_key", DataType.BYTES)));
        assertThat(rows.row(0).operation()).isEqualTo(Operation.DELETE);
        assertThat(rows.row(0).get("kafka_key")).isEqualTo(Bytes.copyOf("{\"id\":1,\"shop\":\"a\"}".getBytes(UTF_8)));
    }

    @Test
    void whatMeansNothingThereIsRefused() {
        assertThatThrownBy(() -> Steps.step(new EncodeConnector(), Map.of("format", "json", "into", "k")))
                .hasMessageContaining("into and columns go together");
        assertThatThrownBy(() -> Steps.step(
                        new EncodeConnector(),
                        Map.of("format", "json", "into", "k", "columns", List.of("id"), "without", List.of("shop"))))
                .hasMessageContaining("mean nothing");
        Transform taken =
                Steps.step(new EncodeConnector(), Map.of("format", "json", "into", "shop", "columns", List.of("id")));
        assertThatThrownBy(() -> taken.output(ORDERS)).hasMessageContaining("'shop' is a column already");
    }
}
