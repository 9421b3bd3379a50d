package dev.penstock.connector.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
        return "SELECT " + texts() + " FROM (SELECT " + String.join(", ", keyNames) + " FROM "
                + table.name().sql() + where(after, List.of()) + order() + " OFFSET " + (rows - 1) + " LIMIT 1) bound";
    }

    /**
     * Which keys a sample gives.
     *
     * @param share of the pages of the table, at most 1
     * @param rows of the sample that lie between two keys, at most
     * @param keys that are wanted, or more if there would be more rows between them
     * @param mostKeys that there are in any case
     */
    record Sample(double share, long rows, long keys, long mostKeys) {
        /** How many rows of the sample are between two keys, where it has {@code total}. */
        private String step() {
            return "greatest(1, \"#total\" / " + mostKeys + ", least(\"#total\" / " + keys + ", " + rows + "))";
        }
    }

    /**
     * Asks for keys behind {@code after} at even distances, as text, and how many rows of the sample are between. All
     * of the sample is counted, as the keys that are wanted are those of the whole table.
     */
    String sample(List<String> after, Sample sample) {
        String keys = String.join(", ", keyNames);
        String percent = String.format(Locale.ROOT, "%.6f", 100 * sample.share());
        String behind = after.isEmpty() ? "" : " AND " + row(keyNames) + " > " + row(literals(after));
        return "SELECT " + texts() + ", " + sample.step() + " FROM (SELECT " + keys + ", pg_catalog.row_number() OVER ("
                + order() + ") AS \"#place\", pg_catalog.count(*) OVER () AS \"#total\" FROM "
                + table.name().sql() + " TABLESAMPLE SYSTEM (" + percent + ")) AS sampled WHERE \"#place\" % "
                + sample.step() + " = 0" + behind + " ORDER BY \"#place\"";
    }

    /** Asks how many bytes the table has, or its partitions, without what is kept apart of large values. */
    String size() {
        String id = Integer.toUnsignedString(table.relation().id()) + "::oid";
        return "SELECT coalesce(sum(pg_catalog.pg_relation_size(relid)), 0) FROM (SELECT " + id
                + "::regclass AS relid UNION SELECT relid FROM pg_catalog.pg_partition_tree(" + id
                + "::regclass) WHERE isleaf) AS parts";
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

    private String texts() {
        return keyNames.stream().map(SnapshotQuery::text).collect(Collectors.joining(", "));
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
