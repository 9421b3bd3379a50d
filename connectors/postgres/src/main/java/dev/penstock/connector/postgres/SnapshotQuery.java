package dev.penstock.connector.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The statements that read a table by parts of its key. */
final class SnapshotQuery {
    private final ChangedTable table;
    private final KeyForm key;
    private final List<String> keyNames;

    SnapshotQuery(ChangedTable table) {
        this.table = table;
        this.key = new KeyForm(table);
        this.keyNames = table.key().stream().map(Sql::name).toList();
    }

    ChangedTable table() {
        return table;
    }

    KeyForm key() {
        return key;
    }

    /** Asks for the key of the row that is {@code rows} rows behind {@code after}, as text. */
    String bound(List<String> after, int rows) {
        String texts = keyNames.stream().map(SnapshotQuery::text).collect(Collectors.joining(", "));
        return "SELECT " + texts + " FROM (SELECT " + String.join(", ", keyNames) + " FROM "
                + table.name().sql() + where(after, List.of()) + order() + " OFFSET " + (rows - 1) + " LIMIT 1) bound";
    }

    /** Copies the rows behind {@code after} up to and with {@code last}; without bounds where these are empty. */
    String copy(List<String> after, List<String> last) {
        List<String> columns = new ArrayList<>();
        table.relation().columns().forEach(column -> columns.add(column(column.name())));
        if (!key.knowsText()) {
            keyNames.forEach(name -> columns.add(text(name)));
        }
        return "COPY (SELECT " + String.join(", ", columns) + " FROM "
                + table.name().sql() + where(after, last) + order() + ") TO STDOUT (FORMAT binary)";
    }

    /** Copies the rows in the pages from {@code first} to before {@code end}, or to the last if that is negative. */
    String copyPages(long first, long end) {
        List<String> columns = new ArrayList<>();
        table.relation().columns().forEach(column -> columns.add(column(column.name())));
        String where = "ctid >= '(" + first + ",0)'::tid" + (end < 0 ? "" : " AND ctid < '(" + end + ",0)'::tid");
        return "COPY (SELECT " + String.join(", ", columns) + " FROM "
                + table.name().sql() + " WHERE " + where + ") TO STDOUT (FORMAT binary)";
    }

    private String column(String name) {
        String sql = Sql.name(name);
        // A composite value with a null in it is not null, nor is it IS NOT NULL.
        return table.hasBinary()
                ? sql
                : "CASE WHEN pg_catalog.num_nonnulls(" + sql + ") = 1 THEN " + text(sql) + " END";
    }

    /** What the output function of the type gives, which a cast to text does not for every type. */
    private static String text(String column) {
        return "pg_catalog.concat(" + column + ")";
    }

    private String order() {
        return " ORDER BY " + String.join(", ", keyNames);
    }

    private String where(List<String> after, List<String> last) {
        List<String> conditions = new ArrayList<>();
        if (!after.isEmpty()) {
            conditions.add(row(keyNames) + " > " + row(literals(after)));
        }
        if (!last.isEmpty()) {
            conditions.add(row(keyNames) + " <= " + row(literals(last)));
        }
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    private static String row(List<String> values) {
        return "(" + String.join(", ", values) + ")";
    }

    private List<String> literals(List<String> texts) {
        return IntStream.range(0, texts.size())
                .mapToObj(index -> Sql.text(texts.get(index)) + "::"
                        + key.types().get(index).name())
                .toList();
    }
}
