package dev.penstock.dataflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.penstock.dataflow.format.DebeziumOptions.Decimals;
import dev.penstock.dataflow.format.DebeziumOptions.Policies;
import dev.penstock.dataflow.format.DebeziumOptions.Policy;
import dev.penstock.dataflow.format.DebeziumOptions.TimeUnit;
import dev.penstock.dataflow.format.DebeziumOptions.Values;
import dev.penstock.spi.Payload;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.format.DecodedRecords;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events that Debezium seldom makes, or never should; the others are read from a real one in examples/debezium. */
class EventDecoderTest {
    private static final List<Field> FIELDS =
            List.of(Field.required("id", DataType.INT64), Field.of("name", DataType.STRING));
    private static final Schema INPUT =
            Schema.of(Field.of("key", DataType.BYTES), Field.of(Payload.COLUMN, DataType.BYTES));

    private static DebeziumOptions options(Policy truncates, Policy tombstones, Values values) {
        return new DebeziumOptions(List.of(), Optional.of("key"), values, new Policies(truncates, tombstones), false);
    }

    private static DebeziumOptions usual() {
        return options(Policy.REJECT, Policy.IGNORE, Values.USUAL);
    }

    private static DecodedRecords decode(
            List<Field> fields, DebeziumOptions options, @Nullable String... keysAndValues) {
        BatchBuilder batch = new BatchBuilder(INPUT);
        for (int i = 0; i < keysAndValues.length; i += 2) {
            batch.append(bytes(keysAndValues[i]), bytes(keysAndValues[i + 1]));
        }
        RecordBatch input = batch.build();
        return new EventDecoder(fields, options, Optional.empty())
                .decode(input, (BytesColumn) input.column(Payload.COLUMN));
    }

    private static @Nullable Bytes bytes(@Nullable String text) {
        return text == null ? null : Bytes.copyOf(text.getBytes(UTF_8));
    }

    private static String changed(String before, String after, String operation) {
        return "{\"before\":" + before + ",\"after\":" + after + ",\"op\":\"" + operation + "\"}";
    }

    private static Row only(DecodedRecords decoded) {
        assertThat(decoded.rejected()).isEmpty();
        assertThat(decoded.rows().rowCount()).isEqualTo(1);
        return decoded.rows().row(0);
    }

    @Test
    void partsMayComeInAnyOrderAndTheSchemaLast() {
        String event = """
                {"payload": {"op": "u", "source": {"ts_ms": 1000}, "after": {"name": "b", "id": 1},
                 "before": {"id": 1, "name": "a"}}, "schema": {"type": "struct", "fields": []}}""";
        DecodedRecords decoded = decode(FIELDS, usual(), null, event);

        assertThat(only(decoded).values()).containsExactly(1L, "b");
        assertThat(decoded.rows().operation(0)).isEqualTo(Operation.UPDATE);
        assertThat(decoded.rows().eventTime(0)).isEqualTo(1_000_000);
        assertThat(decoded.rows().before().orElseThrow().row(0).values()).containsExactly(1L, "a");
    }

    @Test
    void badEventsAreRejectedAndLeaveNothingInTheirNeighbours() {
        DecodedRecords decoded = decode(
                FIELDS,
                usual(),
                null,
                changed("null", "{\"id\":1,\"name\":\"a\"}", "c"),
                null,
                changed("{\"id\":2,\"name\":\"b\"}", "{\"id\":\"x\"}", "u"),
                null,
                changed("{\"id\":3,\"name\":\"c\"}", "{\"id\":3,\"name\":\"d\"}", "u"),
                null,
                changed("{\"id\":4,\"name\":7}", "{\"id\":4,\"name\":\"e\"}", "u"),
                null,
                changed("null", "{\"id\":5,\"name\":\"f\"}", "r"));

        assertThat(decoded.rows().toRows())
                .extracting(Row::operation, row -> row.get("id"), row -> row.get("name"))
                .containsExactly(
                        tuple(Operation.INSERT, 1L, "a"),
                        tuple(Operation.UPDATE, 3L, "d"),
                        tuple(Operation.READ, 5L, "f"));
        assertThat(decoded.rows().before().orElseThrow().toRows())
                .extracting(row -> row.get("name"))
                .containsExactly(null, "c", null);
        assertThat(decoded.inputRows()).containsExactly(0, 2, 4);
        assertThat(decoded.rejected())
                .containsExactly(
                        new RejectedRow(1, "column 'id': expected int64, found a string"),
                        new RejectedRow(3, "before: column 'name': expected string, found a number"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "nothing | malformed JSON at byte 0: expected a value",
                "[] | expected a change event, which is an object, found an array",
                "{} | not a change event of Debezium: field 'op' is missing",
                "{\"id\":1,\"name\":\"a\"} | not a change event of Debezium: field 'op' is missing",
                "{\"op\":\"x\"} | operation 'x' is unknown",
                "{\"op\":\"create\"} | operation '?' is unknown",
                "{\"op\":\"c\",\"after\":null} | operation 'c' has no row: field 'after' is missing or null",
                "{\"op\":\"u\"} | operation 'u' has no row: field 'after' is missing or null",
                "{\"op\":\"c\",\"op\":\"d\"} | field 'op' found twice",
                "{\"after\":{\"id\":1},\"after\":{\"id\":2},\"op\":\"c\"} | field 'after' found twice",
                "{\"after\":{\"id\":null},\"op\":\"c\"} | column 'id': expected a value, found null",
                "{\"after\":{\"id\":1},\"op\":\"c\"} x | malformed JSON at byte 28: expected the end",
                "{\"schema\":{},\"payload\":{\"after\":{\"id\":1},\"op\":\"c\"} | malformed JSON at byte 50: expected '}'",
                "{\"op\":\"d\"} | a delete without field 'before' needs the key of its message: set key-column",
                "{\"op\":\"t\"} | the table was truncated, which no row can say; set truncates to ignore it"
            })
    void saysWhatIsWrongWithAnEvent(String event, String reason) {
        DecodedRecords decoded = decode(FIELDS, usual(), null, event);

        assertThat(decoded.rows().isEmpty()).isTrue();
        assertThat(decoded.rejected()).containsExactly(new RejectedRow(0, reason));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"ts_ms\":1}",
                "{\"schema\":null,\"payload\":{\"ts_ms\":1}}",
                "{\"schema\":{\"type\":\"struct\"},\"payload\":null}",
                "{\"status\":\"BEGIN\",\"id\":\"571:53195829\",\"event_count\":null,\"ts_ms\":1}",
                "{\"source\":{},\"ts_ms\":1,\"databaseName\":\"shop\",\"ddl\":\"DROP TABLE a\",\"tableChanges\":[]}",
                "{\"op\":\"m\",\"message\":{\"prefix\":\"a\",\"content\":\"\"}}"
            })
    void passesOverWhatIsNoChangeOfARow(String event) {
        DecodedRecords decoded = decode(FIELDS, usual(), null, event);

        assertThat(decoded.rows().isEmpty()).isTrue();
        assertThat(decoded.rejected()).isEmpty();
    }

    @Test
    void aDeleteThatSaysNothingElseTakesItsKey() {
        String wrapped =
                "{\"schema\":{\"type\":\"struct\",\"fields\":[{\"type\":\"int64\",\"field\":\"id\"}]},\"payload\":{\"id\":7}}";
        Row plain = only(decode(FIELDS, usual(), "{\"id\":6}", "{\"op\":\"d\",\"before\":null}"));
        Row withSchema = only(decode(FIELDS, usual(), wrapped, "{\"op\":\"d\"}"));

        assertThat(plain.operation()).isEqualTo(Operation.DELETE);
        assertThat(plain.values()).containsExactly(6L, null);
        assertThat(withSchema.values()).containsExactly(7L, null);
    }

    @Test
    void aTombstoneIsADeleteByKeyOnlyIfThatIsWanted() {
        DebeziumOptions deletes = options(Policy.REJECT, Policy.DELETE, Values.USUAL);

        assertThat(decode(FIELDS, usual(), "{\"id\":6}", null).rows().isEmpty()).isTrue();
        assertThat(only(decode(FIELDS, deletes, "{\"id\":6}", null))
                        .with(Operation.INSERT)
                        .values())
                .containsExactly(6L, null);
        assertThat(decode(FIELDS, deletes, "7", null).rejected())
                .containsExactly(new RejectedRow(0, "key: expected an object, found a number"));
        assertThat(decode(FIELDS, deletes, null, null).rejected())
                .containsExactly(new RejectedRow(0, "a tombstone needs the key of its message: set key-column"));
    }

    @Test
    void aColumnCalledSchemaIsNoSchema() {
        List<Field> fields = List.of(Field.of("schema", DataType.STRING), Field.of("id", DataType.INT64));

        assertThat(only(decode(fields, usual(), "{\"schema\":\"public\",\"id\":1}", "{\"op\":\"d\"}"))
                        .values())
                .containsExactly("public", 1L);
    }

    @Test
    void unitsAndFormsOfValuesAreWhatTheOptionsSayWhereThereIsNoSchema() {
        List<Field> fields = List.of(
                Field.of("n", DataType.decimal(10, 2)),
                Field.of("at", DataType.TIMESTAMP),
                Field.of("time", DataType.TIME),
                Field.of("day", DataType.DATE));
        Values values =
                new Values(TimeUnit.MILLIS, Decimals.STRING, DebeziumOptions.Binaries.BASE64, Values.PLACEHOLDER);
        String row = "{\"n\":\"1.5\",\"at\":1001,\"time\":2003,\"day\":1}";

        assertThat(only(decode(fields, options(Policy.REJECT, Policy.IGNORE, values), null, changed("null", row, "c")))
                        .values())
                .containsExactly(
                        new BigDecimal("1.50"),
                        Instant.ofEpochMilli(1001),
                        LocalTime.of(0, 0, 2, 3_000_000),
                        LocalDate.of(1970, 1, 2));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "decimal(3,2) | \"A+g=\" | expected decimal(3,2), found a number with more digits",
                "decimal(3,2) | \"?\" | expected bytes in base64, found other text",
                "decimal(3,2) | \"\" | expected an encoded decimal, found an empty string",
                "decimal(3,2) | {\"scale\":1} | expected a decimal, found an object without a scale and a value",
                "decimal(3,2) | {\"scale\":9999999,\"value\":\"AQ==\"} | expected a decimal, found an object without a scale and a value",
                "time | 86400000000 | expected a time of day, found one out of range",
                "time | -1 | expected a time of day, found one out of range",
                "timestamp(ns) | 9223372036854775807 | expected a timestamp, found one out of range",
                "timestamp | \"infinity\" | expected timestamp such as 2026-01-31T23:59:59Z, found other text",
                "json | \"{\" | malformed JSON at byte 1: expected '\"'",
                "bytes | 1 | expected bytes, found a number",
                "date | true | expected date, found true"
            })
    void saysWhatIsWrongWithAValue(String type, String value, String reason) {
        List<Field> fields = List.of(Field.parse("a", type));

        assertThat(decode(fields, usual(), null, changed("null", "{\"a\":" + value + "}", "c"))
                        .rejected())
                .containsExactly(new RejectedRow(0, "column 'a': " + reason));
    }
}
