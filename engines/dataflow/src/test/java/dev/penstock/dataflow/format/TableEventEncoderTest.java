package dev.penstock.dataflow.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.format.DebeziumOptions.Policies;
import dev.penstock.dataflow.format.DebeziumOptions.Policy;
import dev.penstock.dataflow.format.DebeziumOptions.Values;
import dev.penstock.dataflow.format.EventEncoder.Source;
import dev.penstock.spi.Payload;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.format.DecodedRecords;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Events of several tables in Debezium's form. */
class TableEventEncoderTest {
    private static final Schema EVENTS = Schema.of(
            Field.required("schema", DataType.STRING),
            Field.required("table", DataType.STRING),
            Field.of("key", DataType.JSON),
            Field.of("before", DataType.JSON),
            Field.of("after", DataType.JSON),
            Field.of("postgres_transaction", DataType.INT64),
            Field.of("postgres_lsn", DataType.INT64));
    private static final Source SOURCE = new Source("shop", "db", Optional.empty(), "");

    private static BytesColumn written(RecordBatch events) {
        return new TableEventEncoder(EVENTS, SOURCE).encode(events).records();
    }

    private static RecordBatch changes() {
        return new BatchBuilder(EVENTS)
                .append("a", "t\"1", "{\"id\":1}", null, "{\"id\":1,\"name\":\"x\"}", null, null)
                .append("a", "u", "{\"id\":2}", null, "{\"id\":2,\"name\":null}", 7L, 100L)
                .append("a", "u", "{\"id\":2}", "{\"id\":2,\"name\":null}", "{\"id\":2,\"name\":\"y\"}", 8L, 200L)
                .append("a", "u", "{\"id\":2}", "{\"id\":2}", null, 9L, 300L)
                .build()
                .withOperations(new byte[] {
                    Operation.READ.code(), Operation.INSERT.code(), Operation.UPDATE.code(), Operation.DELETE.code()
                })
                .withEventTimes(new long[] {RecordBatch.NO_EVENT_TIME, 1_500_000, 2_500_001, 3_500_000});
    }

    @Test
    void saysWhatHappenedToWhichTableAndWhere() {
        BytesColumn records = written(changes());
        assertThat(records.string(0))
                .isEqualTo("{\"before\":null,\"after\":{\"id\":1,\"name\":\"x\"},\"source\":{\"version\":\"1\","
                        + "\"connector\":\"penstock\",\"name\":\"shop\",\"ts_ms\":null,\"ts_us\":null,\"snapshot\":\"true\","
                        + "\"db\":\"db\",\"schema\":\"a\",\"table\":\"t\\\"1\",\"txId\":null,\"lsn\":null},"
                        + "\"op\":\"r\",\"ts_ms\":null}");
        assertThat(records.string(2))
                .isEqualTo("{\"before\":{\"id\":2,\"name\":null},\"after\":{\"id\":2,\"name\":\"y\"},\"source\":{"
                        + "\"version\":\"1\",\"connector\":\"penstock\",\"name\":\"shop\",\"ts_ms\":2500,\"ts_us\":2500001,"
                        + "\"snapshot\":\"false\",\"db\":\"db\",\"schema\":\"a\",\"table\":\"u\",\"txId\":8,\"lsn\":200},"
                        + "\"op\":\"u\",\"ts_ms\":2500}");
    }

    @Test
    void isReadAgainAsRowsOfTheTableWithTheirOperations() {
        BytesColumn records = written(changes());
        List<Field> columns = List.of(Field.required("id", DataType.INT64), Field.of("name", DataType.STRING));
        DebeziumOptions options = new DebeziumOptions(
                List.of(DebeziumMetadata.TABLE, DebeziumMetadata.LSN, DebeziumMetadata.TRANSACTION_NUMBER),
                Optional.empty(),
                Values.USUAL,
                new Policies(Policy.REJECT, Policy.IGNORE),
                true);
        DecodedRecords back = new EventDecoder(columns, options, Optional.empty())
                .decode(RecordBatch.of(Schema.of(Payload.FIELD), records.size(), List.of(records)), records);

        assertThat(back.rejected()).isEmpty();
        assertThat(back.rows().toRows())
                .extracting(row -> row.operation() + " " + row.values().toString())
                .containsExactly(
                        "READ [1, x, t\"1, null, null]",
                        "INSERT [2, null, u, 100, 7]",
                        "UPDATE [2, y, u, 200, 8]",
                        "DELETE [2, null, u, 300, 9]");
    }

    @Test
    void isOneLineWhateverTheJsonLooksLike() {
        RecordBatch pretty = new BatchBuilder(EVENTS)
                .append("a", "t", "{}", "{\n\"id\":1}", "{\r\n\"id\":2}", null, null)
                .build();
        assertThat(written(pretty).string(0))
                .startsWith("{\"before\":{ \"id\":1},\"after\":{  \"id\":2},")
                .doesNotContain("\n", "\r");
    }

    @Test
    void saysWhatIsWrongWithColumns() {
        Schema rows = Schema.of(
                Field.required("schema", DataType.STRING),
                Field.required("table", DataType.INT32),
                Field.of("after", DataType.JSON),
                Field.of("topic", DataType.STRING));
        assertThat(TableEventEncoder.problems(rows))
                .containsExactlyInAnyOrder(
                        "column 'table' must be there and be string, and is int32",
                        "column 'before' must be there and be json",
                        "column 'topic' has no place in an event");
        assertThat(TableEventEncoder.problems(EVENTS)).isEmpty();
    }
}
