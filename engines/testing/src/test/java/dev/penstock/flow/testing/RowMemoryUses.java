package dev.penstock.flow.testing;

import dev.penstock.dataflow.flow.RowStream;
import dev.penstock.dataflow.flow.Stream;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Uses of the steps of pipeline files that have memory, and of {@code sample}, by the time in their rows. */
final class RowMemoryUses {
    private static final Map<String, ?> BY_SENSOR = Map.of("key", List.of("sensor"));
    private static final Map<String, ?> TIMED = Map.of("key", List.of("sensor"), "time", "at", "wait", "5s");
    private static final Map<String, String> ALL_AGGREGATES = Map.of(
            "rows", "count()",
            "sum", "sum(number)",
            "mean", "avg(number)",
            "least", "min(number)",
            "most", "max(number)",
            "list", "collect(number)");

    private RowMemoryUses() {}

    static final List<OperatorUse> OF_ROWS = List.of(
            step("aggregate", BY_SENSOR, Map.of("columns", ALL_AGGREGATES)),
            step("aggregate", TIMED, Map.of("columns", ALL_AGGREGATES, "tumbling", "10s")),
            step("aggregate", TIMED, Map.of("columns", ALL_AGGREGATES, "sliding", "10s", "every", "5s")),
            step("aggregate", TIMED, Map.of("columns", ALL_AGGREGATES, "session", "6s")),
            step("aggregate", TIMED, Map.of("columns", ALL_AGGREGATES, "count", 2)),
            step(
                    "aggregate",
                    TIMED,
                    Map.of("columns", Map.of("rows", "count()"), "tumbling", "10s", "allowed-lateness", "20s")),
            step("deduplicate", TIMED, Map.of("within", "10s")),
            step("rate", TIMED, Map.of("rows", 1, "per", "10s")),
            step("sample", BY_SENSOR, Map.of("fraction", 0.5)),
            join(Map.of("missing", "keep")),
            join(Map.of("insert", "first")),
            join(Map.of("insert", "last")));

    private static OperatorUse step(String connector, Map<String, ?> settings, Map<String, ?> more) {
        return OperatorUse.of(
                "RowStream.transform",
                (in, ends) -> texts(
                        ends, rows(in, ends, "number").transform(ends.step(), connector, merged(settings, more))));
    }

    private static OperatorUse join(Map<String, ?> more) {
        Map<String, Object> settings = merged(TIMED, merged(Map.of("tumbling", "20s"), more));
        return OperatorUse.of("RowStream.transform", (in, ends) -> {
            RowStream odd = rows(only(in, ends, "odd", StatelessUses::odd), ends, "odd");
            RowStream even = rows(only(in, ends, "even", item -> !StatelessUses.odd(item)), ends, "even");
            texts(ends, odd.transform(ends.step(), "join", settings, even));
        });
    }

    private static Map<String, Object> merged(Map<String, ?> settings, Map<String, ?> more) {
        Map<String, Object> merged = new HashMap<>(settings);
        merged.putAll(more);
        return merged;
    }

    private static Stream<Reading> only(
            Stream<Reading> in, OperatorUse.Ends ends, String name, Predicate<Reading> wanted) {
        return in.filter(ends.step() + "-only-" + name, wanted);
    }

    private static RowStream rows(Stream<Reading> in, OperatorUse.Ends ends, String number) {
        Schema columns = Schema.of(
                Field.required("sensor", DataType.STRING),
                Field.required("at", DataType.TIMESTAMP),
                Field.required(number, DataType.INT64));
        return in.toRows(
                ends.step() + "-rows-" + number,
                columns,
                (item, row) ->
                        row.string(0, item.sensor()).value(1, item.time()).longValue(2, item.number()));
    }

    private static void texts(OperatorUse.Ends ends, RowStream rows) {
        ends.texts(rows.items(ends.step() + "-items").map(ends.step() + "-text", RowMemoryUses::text));
    }

    private static String text(Row row) {
        return row.get(0) + ": " + row.values();
    }
}
