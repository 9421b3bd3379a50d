package dev.penstock.dataflow.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.data.TypeParser;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CastTest {
    private static TransformResult cast(String from, String to, Object value) {
        Schema schema = Schema.of(Field.of("v", TypeParser.parse(from)));
        RecordBatch batch =
                new BatchBuilder(schema).append(value).append((Object) null).build();
        return Steps.step(new CastConnector(), Map.of("v", to)).apply(batch);
    }

    static Stream<Arguments> conversions() {
        Instant time = Instant.parse("2026-01-31T23:59:59.123456Z");
        return Stream.of(
                Arguments.of("int32", "int64", 7, 7L),
                Arguments.of("int64", "int8", -128L, -128),
                Arguments.of("float32", "float64", 0.1f, (double) 0.1f),
                Arguments.of("float64", "int64", 12.0, 12L),
                Arguments.of("float64", "decimal(5,2)", 0.1, new BigDecimal("0.10")),
                Arguments.of("decimal(5,2)", "float64", new BigDecimal("1.25"), 1.25),
                Arguments.of("decimal(5,2)", "decimal(30,4)", new BigDecimal("1.25"), new BigDecimal("1.2500")),
                Arguments.of("string", "int64", "+007", 7L),
                Arguments.of("string", "boolean", "true", true),
                Arguments.of("boolean", "string", true, "true"),
                Arguments.of("string", "bytes", "é", Bytes.copyOf(new byte[] {(byte) 0xC3, (byte) 0xA9})),
                Arguments.of("bytes", "string", Bytes.copyOf(new byte[] {(byte) 0xC3, (byte) 0xA9}), "é"),
                Arguments.of("string", "list<int64>", "[1,null]", java.util.Arrays.asList(1L, null)),
                Arguments.of("list<int64>", "json", List.of(1L, 2L), "[1,2]"),
                Arguments.of("json", "string", "{\"a\":1}", "{\"a\":1}"),
                Arguments.of("timestamp", "date", time, LocalDate.of(2026, 1, 31)),
                Arguments.of("date", "timestamp", LocalDate.of(1969, 12, 31), Instant.parse("1969-12-31T00:00:00Z")),
                Arguments.of("timestamp", "int64", time, 1769903999123L),
                Arguments.of("int64", "timestamp(ns)", 1L, Instant.ofEpochMilli(1)),
                Arguments.of(
                        "timestamp(ns)", "timestamp", Instant.ofEpochSecond(0, -1), Instant.ofEpochSecond(0, -1_000)),
                Arguments.of("string", "timestamp", "2026-01-31T23:59:59.123456Z", time));
    }

    @ParameterizedTest
    @MethodSource("conversions")
    void convertsValuesAndKeepsNulls(String from, String to, Object value, Object expected) {
        TransformResult result = cast(from, to, value);
        assertThat(result.rejected()).isEmpty();
        assertThat(result.rows().row(0).get("v")).isEqualTo(expected);
        assertThat(result.rows().row(1).get("v")).isNull();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of("int64", "int8", 128L, "expected int8, found a number out of range"),
                Arguments.of("float64", "int64", 1.5, "expected int64, found a number with a fraction"),
                Arguments.of("float64", "int64", Double.NaN, "expected a number, found NaN"),
                Arguments.of("float64", "float32", 1e300, "expected float32, found a number out of range"),
                Arguments.of(
                        "float64", "decimal(5,2)", 0.125, "expected decimal(5,2), found a number of too many decimals"),
                Arguments.of(
                        "int64", "decimal(3,0)", 1000L, "expected decimal(3,0), found a number of too many digits"),
                Arguments.of("string", "int64", "secret", "expected int64, found text that is not a number"),
                Arguments.of("string", "json", "{", "malformed JSON at byte 1: expected '\"'"),
                Arguments.of("string", "uuid", "x", "expected a uuid, found other text"),
                Arguments.of("int64", "timestamp", Long.MAX_VALUE, "expected a timestamp, found one out of range"),
                Arguments.of(
                        "bytes",
                        "string",
                        Bytes.copyOf(new byte[] {-1}),
                        "expected text, found bytes that are not UTF-8"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void rejectsValuesThatDoNotFitWithoutShowingThem(String from, String to, Object value, String reason) {
        TransformResult result = cast(from, to, value);
        assertThat(result.rejected()).containsExactly(new RejectedRow(0, "column 'v': " + reason));
        assertThat(result.rows().rowCount()).isEqualTo(1);
    }

    @Test
    void passesDeletesThatDoNotFit() {
        Schema schema = Schema.of(Field.of("v", DataType.STRING));
        RecordBatch batch = new BatchBuilder(schema)
                .append(Row.of(schema, "x").with(Operation.DELETE))
                .build();
        TransformResult result =
                Steps.step(new CastConnector(), Map.of("v", "int64")).apply(batch);
        assertThat(result.rejected()).isEmpty();
        assertThat(result.rows().row(0).get("v")).isNull();
    }

    @Test
    void refusesWhatCannotBeAndNamesTheNearestColumn() {
        Schema schema = Schema.of(Field.of("price", DataType.BOOLEAN), Field.of("name", DataType.STRING));
        assertThatThrownBy(() -> Steps.step(
                                new CastConnector(),
                                new java.util.TreeMap<>(Map.of("price", "int64", "nane", "int64", "name", "what")))
                        .output(schema))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'nane' is not a column; did you mean 'name'?")
                .hasMessageContaining("'what' is not a type")
                .hasMessageContaining("boolean cannot become int64");
    }
}
