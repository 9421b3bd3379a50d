package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.QueryOrder.Growth;
import dev.penstock.spi.data.DataType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The statements that read a query in its order. Names are quoted, values are literals of their types. */
final class QueryStatements {
    private static final String ALIAS = "penstock_query";
    private static final long NANOS_PER_MICRO = 1_000;
    /** Of larger tables so many rows are looked at, in pages taken by chance, to cut them into parts. */
    private static final double SAMPLED_ROWS = 300_000;

    private static final double PERCENT = 100;

    private final QuerySettings settings;
    private final QueryShape shape;
    private final QueryOrder order;
    private final String from;
    private final List<String> columns;

    QueryStatements(QuerySettings settings, QueryShape shape) {
        this.settings = settings;
        this.shape = shape;
        this.order = shape.order();
        this.from = from(settings.what());
        String qualifier = settings.what().table().map(TableName::name).orElse(ALIAS);
        this.columns = order.names().stream()
                .map(name -> Sql.name(qualifier) + "." + Sql.name(name))
                .toList();
    }

    /** What stands behind FROM. */
    static String from(QuerySettings.What what) {
        // A query may end with a comment.
        return what.table()
                .map(TableName::sql)
                .orElseGet(() -> "(" + what.query().orElseThrow() + "\n) AS " + ALIAS);
    }

    QueryShape shape() {
        return shape;
    }

    /** Fails if the rows cannot be read, or not in this order; locks what it reads as long as the transaction lasts. */
    String probe() {
        return "SELECT " + String.join(", ", output()) + " FROM " + from + where(List.of("false")) + order("");
    }

    /** Copies at most {@code limit} rows that are behind {@code low} and before {@code high}. */
    String copy(QueryEdge low, QueryEdge high, long limit) {
        return "COPY (SELECT " + String.join(", ", output()) + " FROM " + from + where(range(low, high, true))
                + order("") + " LIMIT " + limit + ") TO STDOUT (FORMAT binary)";
    }

    /** What is copied: the columns of rows, then those of the order. */
    private List<String> output() {
        String qualifier = settings.what().table().map(TableName::name).orElse(ALIAS);
        List<String> output = new ArrayList<>();
        for (int index = 0; index < shape.table().width(); index++) {
            String column = Sql.name(qualifier) + "."
                    + Sql.name(shape.table().relation().columns().get(index).name());
            boolean binary = shape.table().types().get(index).codec().hasBinary();
            output.add(binary ? column : textOrNull(column));
        }
        for (int index = 0; index < order.size(); index++) {
            output.add(order.isBinary(index) ? columns.get(index) : text(columns.get(index)));
        }
        return output;
    }

    /** A composite value with a null in it is not null, nor is it IS NOT NULL. */
    private static String textOrNull(String column) {
        return "CASE WHEN pg_catalog.num_nonnulls(" + column + ") = 1 THEN " + text(column) + " END";
    }

    /** What the output function of the type gives, which a cast to text does not for every type. */
    private static String text(String column) {
        return "pg_catalog.concat(" + column + ")";
    }

    /** Asks for the order of the last row behind {@code low}, as text. */
    String last(QueryEdge low) {
        String texts = columns.stream().map(QueryStatements::text).collect(Collectors.joining(", "));
        return "SELECT " + texts + " FROM " + from + where(range(low, Optional.empty(), false)) + order(" DESC")
                + " LIMIT 1";
    }

    /** Asks whether there are rows that are nowhere in the order; empty if there cannot be any. */
    Optional<String> outside() {
        List<String> nulls = nullable().map(column -> column + " IS NULL").toList();
        return nulls.isEmpty()
                ? Optional.empty()
                : Optional.of("SELECT EXISTS (SELECT FROM " + from + where(List.of(String.join(" OR ", nulls))) + ")");
    }

    /**
     * Asks for {@code count} values of the first column, as text, which cut the rows into parts of about the same size.
     * All are before that of {@code high}: rows that come later may have the same.
     */
    String cuts(QueryEdge low, QueryEdge high, int count) {
        String fractions = IntStream.rangeClosed(1, count)
                .mapToObj(index -> String.valueOf((double) index / (count + 1)))
                .collect(Collectors.joining(", "));
        return "SELECT " + text("cut") + " FROM (SELECT unnest(percentile_disc(ARRAY[" + fractions
                + "]::float8[]) WITHIN GROUP (ORDER BY " + columns.get(0) + ")) AS cut FROM " + from + sample()
                + where(range(low, high, false)) + ") cuts WHERE cut < " + literal(0, high);
    }

    private String sample() {
        double percent = PERCENT * SAMPLED_ROWS / shape.rows();
        return shape.showsUnique() && shape.rows() > SAMPLED_ROWS ? " TABLESAMPLE SYSTEM (" + percent + ")" : "";
    }

    /**
     * Asks for a value of the first column, as text, that all rows have, or a greater one, which transactions add that
     * begin from now on; and whether it is greater than that of {@code low}.
     */
    String horizon(QueryEdge low, Duration delay) {
        String horizon = horizon(delay);
        String isGreater = low.isBeginning() ? "true" : horizon + " > " + literal(0, low);
        return "SELECT " + text(horizon) + ", " + isGreater;
    }

    /** Asks whether {@code edge} is so long ago that nobody's clock is before it. */
    String isPast(QueryEdge edge, Duration delay) {
        return "SELECT " + horizon(delay) + " >= " + literal(0, edge);
    }

    private String horizon(Duration delay) {
        if (order.growth() == Growth.TRANSACTION) {
            return "pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())";
        }
        PostgresType type = order.types().get(0);
        boolean zoned = type.dataType() instanceof DataType.Timestamp timestamp && timestamp.zoned();
        String clock =
                "(pg_catalog.clock_timestamp() - interval '" + delay.toNanos() / NANOS_PER_MICRO + " microseconds')";
        String local = zoned
                ? clock
                : "(" + clock + " AT TIME ZONE " + Sql.text(settings.order().zone()) + ")";
        return local + "::" + type.storage();
    }

    /** Shows how the server would read the rows in their order. */
    String plan() {
        return "EXPLAIN SELECT FROM " + from + where(List.of()) + order("") + " LIMIT 1";
    }

    private List<String> range(QueryEdge low, QueryEdge high, boolean fromLow) {
        return range(low, Optional.of(high), fromLow);
    }

    /**
     * The conditions of rows between two edges; with {@code fromLow} also of those at the lower one, if there may be
     * several.
     */
    private List<String> range(QueryEdge low, Optional<QueryEdge> high, boolean fromLow) {
        List<String> conditions = new ArrayList<>();
        if (!low.isBeginning()) {
            boolean isWithin = !low.after()
                    || (fromLow && !shape.showsUnique() && low.values().size() == order.size());
            conditions.add(row(low) + (isWithin ? " >= " : " > ") + literals(low));
        }
        if (high.isPresent()) {
            QueryEdge end = high.get();
            conditions.add(end.isBeginning() ? "false" : row(end) + (end.after() ? " <= " : " < ") + literals(end));
        }
        nullable().map(column -> column + " IS NOT NULL").forEach(conditions::add);
        return conditions;
    }

    private Stream<String> nullable() {
        return IntStream.range(0, order.size())
                .filter(index -> order.nullable().contains(order.names().get(index)))
                .mapToObj(columns::get);
    }

    private String row(QueryEdge edge) {
        return columns.stream().limit(edge.values().size()).collect(Collectors.joining(", ", "(", ")"));
    }

    private String literals(QueryEdge edge) {
        return IntStream.range(0, edge.values().size())
                .mapToObj(index -> literal(index, edge))
                .collect(Collectors.joining(", ", "(", ")"));
    }

    private String literal(int index, QueryEdge edge) {
        return Sql.text(edge.values().get(index)) + "::"
                + order.types().get(index).name();
    }

    private String where(List<String> conditions) {
        List<String> all = new ArrayList<>();
        settings.what().where().ifPresent(condition -> all.add("(" + condition + "\n)"));
        conditions.forEach(condition -> all.add("(" + condition + ")"));
        return all.isEmpty() ? "" : " WHERE " + String.join(" AND ", all);
    }

    private String order(String direction) {
        return columns.stream().map(column -> column + direction).collect(Collectors.joining(", ", " ORDER BY ", ""));
    }
}
