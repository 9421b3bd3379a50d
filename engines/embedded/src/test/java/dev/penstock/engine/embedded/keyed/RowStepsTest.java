package dev.penstock.engine.embedded.keyed;

import static dev.penstock.engine.embedded.keyed.RowStage.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.row.AggregateConnector;
import dev.penstock.dataflow.row.DeduplicateConnector;
import dev.penstock.dataflow.row.JoinConnector;
import dev.penstock.dataflow.row.RateConnector;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Schema;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The steps with memory that pipeline files name. */
final class RowStepsTest {
    private static final Schema READINGS = Schema.of(
            Field.of("sensor", DataType.STRING),
            Field.of("at", DataType.TIMESTAMP),
            Field.of("value", DataType.FLOAT64),
            Field.of("grade", DataType.INT32));
    private static final Schema PAYMENTS = Schema.of(
            Field.of("sensor", DataType.STRING),
            Field.of("at", DataType.TIMESTAMP),
            Field.of("amount", DataType.decimal(10, 2)));

    private static RowStage aggregate(Map<String, ?> settings) {
        return new RowStage(new AggregateConnector(), settings, READINGS);
    }

    @Test
    void sumsUpWindowsAndPassesOverNulls() {
        RowStage stage = aggregate(Map.of(
                "key",
                List.of("sensor"),
                "time",
                "at",
                "tumbling",
                "10s",
                "columns",
                new TreeMap<>(Map.of(
                        "a", "count()", "b", "count(value)", "c", "sum(grade)", "d", "avg(value)", "e", "max(at)"))));
        stage.row("x", at(1), 1.5, 3)
                .row("y", at(2), null, null)
                .row("x", at(9), 2.5, 4)
                .row("x", at(10), 9.0, 1);
        assertThat(stage.said)
                .containsExactlyInAnyOrder(
                        "[x, 1970-01-01T00:00:00Z, 1970-01-01T00:00:10Z, 2, 2, 7, 2.0, 1970-01-01T00:00:09Z]",
                        "[y, 1970-01-01T00:00:00Z, 1970-01-01T00:00:10Z, 1, 0, null, null, 1970-01-01T00:00:02Z]");
        assertThat(stage.end().said).hasSize(3);
        assertThat(stage.keys()).isZero();
    }

    @Test
    void handsLateRowsOnAsTheyAre() {
        RowStage stage = aggregate(Map.of(
                "key",
                List.of("sensor"),
                "time",
                "at",
                "sliding",
                "10s",
                "every",
                "5s",
                "columns",
                Map.of("all", "collect(grade)")));
        stage.row("x", at(20), 1.0, 1).row("x", at(3), 2.0, 2);
        assertThat(stage.said).containsExactly("late [x, 1970-01-01T00:00:03Z, 2.0, 2]");
        assertThat(stage.end().said)
                .contains(
                        "[x, 1970-01-01T00:00:15Z, 1970-01-01T00:00:25Z, [1]]",
                        "[x, 1970-01-01T00:00:20Z, 1970-01-01T00:00:30Z, [1]]");
    }

    @Test
    void givesAnotherResultForLateRowsThatAreAllowed() {
        RowStage stage = aggregate(Map.of(
                "key",
                List.of("sensor"),
                "time",
                "at",
                "tumbling",
                "10s",
                "allowed-lateness",
                "1m",
                "columns",
                Map.of("n", "count()")));
        stage.row("x", at(1), 1.0, 1).row("x", at(12), 1.0, 1).row("x", at(2), 1.0, 1);
        assertThat(stage.said)
                .containsExactly(
                        "[x, 1970-01-01T00:00:00Z, 1970-01-01T00:00:10Z, 1, on-time]",
                        "[x, 1970-01-01T00:00:00Z, 1970-01-01T00:00:10Z, 2, late]");
    }

    @Test
    void sumsUpEverythingWithoutWindowAtTheEnd() {
        RowStage stage = aggregate(Map.of(
                "key",
                List.of("grade"),
                "columns",
                new TreeMap<>(Map.of("low", "min(value)", "names", "max(sensor)"))));
        stage.row("x", at(5), 1.5, 1).row("z", at(1), 0.5, 1).row("y", null, null, 2);
        assertThat(stage.said).isEmpty();
        assertThat(stage.end().said).containsExactlyInAnyOrder("[1, 0.5, z]", "[2, null, y]");
    }

    @Test
    void closesWhateverIsOpenAtTheEnd() {
        for (Map<String, ?> window : List.of(
                Map.of("count", 3, "time", "at"),
                Map.of("time", "at"),
                Map.of("session", "5s"),
                Map.of("tumbling", "10s"),
                Map.of("tumbling", "10s", "time", "at"),
                Map.of("session", "5s", "time", "at", "wait", "1m"))) {
            Map<String, Object> settings = new HashMap<>(window);
            settings.putAll(Map.of("key", List.of("sensor"), "columns", Map.of("n", "count()")));
            RowStage stage = aggregate(settings).row("x", at(1), 1.0, 1).row("x", at(2), 1.0, 1);
            assertThat(stage.said).as("before the end of %s", window).isEmpty();
            assertThat(stage.end().said)
                    .as("at the end of %s", window)
                    .hasSize(1)
                    .allMatch(row -> row.contains(", 2]"));
        }
    }

    @Test
    void refusesAggregatesThatDoNotFitAllAtOnce() {
        assertThatThrownBy(() -> aggregate(Map.of(
                        "key",
                        List.of("senso"),
                        "time",
                        "value",
                        "tumbling",
                        "1s",
                        "columns",
                        Map.of("a", "sum(sensor)"))))
                .isInstanceOfSatisfying(
                        ConfigException.class,
                        e -> assertThat(e.problems())
                                .extracting(Object::toString)
                                .containsExactlyInAnyOrder(
                                        "key: 'senso' is not a column; did you mean 'sensor'?",
                                        "time: column 'value' is float64, not a timestamp;"
                                                + " cast it first, for example - cast: { value: timestamp }",
                                        "columns.a: sum cannot be made of column 'sensor', which is string;"
                                                + " use a column of numbers, or cast it first"));
        assertThatThrownBy(() -> aggregate(Map.of("key", List.of("sensor"), "columns", Map.of("a", "median(value)"))))
                .hasMessageContaining("'median(value)' is not an aggregate");
    }

    @Test
    void letsTheFirstRowOfAKeyPassAndNoOtherForAWhile() {
        RowStage stage = new RowStage(
                new DeduplicateConnector(),
                Map.of("key", List.of("sensor"), "within", "10s", "time", "at", "wait", "5s"),
                READINGS);
        stage.row("x", at(0), 1.0, 1)
                .row("x", at(9), 1.0, 2)
                .row("y", at(9), 1.0, 3)
                .row("x", at(10), 1.0, 4);
        assertThat(stage.said)
                .containsExactly(
                        "[x, 1970-01-01T00:00:00Z, 1.0, 1]",
                        "[y, 1970-01-01T00:00:09Z, 1.0, 3]",
                        "[x, 1970-01-01T00:00:10Z, 1.0, 4]");
        stage.row("z", at(100), 1.0, 5).row("y", at(1), 1.0, 6);
        assertThat(stage.said).endsWith("late [y, 1970-01-01T00:00:01Z, 1.0, 6]");
        assertThat(stage.keys()).isOne();
    }

    @Test
    void followsTheClockWhereRowsHaveNoTime() {
        RowStage stage =
                new RowStage(new DeduplicateConnector(), Map.of("key", List.of("sensor"), "within", "10s"), READINGS);
        stage.row("x", null, 1.0, 1).clock(9).row("x", null, 1.0, 2).clock(10).row("x", null, 1.0, 3);
        assertThat(stage.said).containsExactly("[x, null, 1.0, 1]", "[x, null, 1.0, 3]");
        assertThat(stage.clock(20).keys()).isZero();
    }

    @Test
    void letsSoManyRowsPassInEachPeriod() {
        RowStage stage = new RowStage(
                new RateConnector(),
                Map.of("key", List.of("sensor"), "rows", 2, "per", "10s", "time", "at", "wait", "5s"),
                READINGS);
        stage.row("x", at(8), 1.0, 1)
                .row("x", at(11), 1.0, 2)
                .row("x", at(9), 1.0, 3)
                .row("x", at(7), 1.0, 4);
        assertThat(stage.said)
                .containsExactly(
                        "[x, 1970-01-01T00:00:08Z, 1.0, 1]",
                        "[x, 1970-01-01T00:00:11Z, 1.0, 2]",
                        "[x, 1970-01-01T00:00:09Z, 1.0, 3]",
                        "over [x, 1970-01-01T00:00:07Z, 1.0, 4]");
        assertThat(stage.row("y", at(40), 1.0, 5).keys()).isOne();
    }

    private static RowStage join(Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(Map.of("key", List.of("sensor"), "time", "at", "tumbling", "10s"));
        settings.putAll(more);
        return new RowStage(new JoinConnector(), settings, READINGS, PAYMENTS);
    }

    @Test
    void joinsRowsOfAKeyInAWindow() {
        RowStage stage = join(Map.of("missing", "keep"));
        stage.rowOf(0, "x", at(1), 1.0, 1)
                .rowOf(1, "x", at(2), new BigDecimal("9.50"))
                .rowOf(1, "x", at(3), new BigDecimal("7.25"))
                .rowOf(0, "y", at(4), 2.0, 2);
        assertThat(stage.end().said)
                .containsExactlyInAnyOrder(
                        "[x, 1970-01-01T00:00:00Z, 1970-01-01T00:00:10Z, 1.0, 1, 9.50]",
                        "[x, 1970-01-01T00:00:00Z, 1970-01-01T00:00:10Z, 1.0, 1, 7.25]",
                        "[y, 1970-01-01T00:00:00Z, 1970-01-01T00:00:10Z, 2.0, 2, null]");
    }

    @Test
    void joinsAsSoonAsBothSidesAreThere() {
        RowStage stage = join(Map.of("emit", "complete", "insert", "last"));
        stage.rowOf(0, "x", at(1), 1.0, 1)
                .rowOf(0, "x", at(1), 2.0, 2)
                .rowOf(1, "x", at(2), new BigDecimal("9.50"))
                .rowOf(1, "x", at(3), new BigDecimal("7.25"));
        assertThat(stage.said).containsExactly("[x, 1970-01-01T00:00:00Z, 1970-01-01T00:00:10Z, 2.0, 2, 9.50]");
        assertThat(stage.end().said).hasSize(1);
    }
}
