package dev.penstock.connector.postgres.conformance;

import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads a table as anybody does. */
final class TableSinkSide implements SinkSide {
    private static final String FOREIGN = "rows_00000000feed_1000000_0_0_00000000beef";

    private final KitServer server;
    private final String schema;
    private final String staging;

    TableSinkSide(KitServer server, String place) {
        this.server = server;
        this.schema = place;
        this.staging = place + "-staging";
    }

    String table() {
        return '"' + schema + "\".rows";
    }

    String stagingSchema() {
        return staging;
    }

    /** The sink makes its table and where rows wait. */
    @Override
    public void create() {
        server.execute("CREATE SCHEMA \"" + schema + "\" AUTHORIZATION " + KitAccess.USER.name());
    }

    @Override
    public boolean ordered() {
        return false;
    }

    @Override
    public List<NumberedRow> visible() {
        List<NumberedRow> found = new ArrayList<>();
        query(
                "SELECT run, partition, sequence, key, text, checksum FROM " + table(),
                row -> found.add(new NumberedRow(
                        Operation.INSERT,
                        row.getLong(1),
                        row.getInt(2),
                        row.getLong(3),
                        row.getString(4),
                        row.getString(5) == null ? "" : row.getString(5),
                        row.getLong(6))));
        return found;
    }

    @Override
    public Map<String, String> visible(String column) {
        Map<String, String> found = new LinkedHashMap<>();
        query(
                "SELECT key, \"" + column + "\"::text FROM " + table() + " WHERE \"" + column + "\" IS NOT NULL",
                row -> found.put(row.getString(1), row.getString(2)));
        return found;
    }

    private interface Reading {
        void read(ResultSet row) throws SQLException;
    }

    private void query(String sql, Reading reading) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement()) {
            try (ResultSet there = statement.executeQuery("SELECT to_regclass('" + table() + "') IS NOT NULL")) {
                there.next();
                if (!there.getBoolean(1)) {
                    return;
                }
            }
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    reading.read(rows);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The server takes no text with a zero in it. */
    @Override
    public RecordBatch batchWithInvalid(List<NumberedRow> rows, List<Integer> invalid) {
        BatchBuilder builder = new BatchBuilder(NumberedRow.SCHEMA);
        for (int index = 0; index < rows.size(); index++) {
            NumberedRow row = rows.get(index);
            builder.append(Row.of(
                            NumberedRow.SCHEMA,
                            row.key(),
                            row.run(),
                            (long) row.partition(),
                            row.sequence(),
                            invalid.contains(index) ? "\0" : row.text(),
                            row.checksum())
                    .with(row.operation()));
        }
        return builder.build();
    }

    @Override
    public void maintain() {
        server.execute(
                "VACUUM (FULL, ANALYZE) " + table(),
                "VACUUM (FULL, ANALYZE) \"" + staging + "\".commits",
                "VACUUM (FULL, ANALYZE) \"" + staging + "\".sinks",
                "REINDEX SCHEMA \"" + staging + "\"");
    }

    @Override
    public void destroy(Prepared prepared) {
        for (String table : waiting()) {
            if (table.matches("rows_[0-9a-f]+_" + prepared.epoch().epoch() + "_" + prepared.writer() + "_.*")) {
                server.execute("DROP TABLE \"" + staging + "\"." + table);
            }
        }
    }

    @Override
    public String openForeignTransaction() {
        server.execute("CREATE TABLE \"" + staging + "\"." + FOREIGN + " (key text)");
        return FOREIGN;
    }

    /** The tables in which rows wait for a commit. */
    Set<String> waiting() {
        return tables(staging, "LIKE 'rows\\_%'");
    }

    /** What there is besides. */
    Set<String> objects() {
        Set<String> objects = new TreeSet<>();
        tables(schema, "LIKE '%'").forEach(name -> objects.add("table:" + schema + "." + name));
        tables(staging, "NOT LIKE 'rows\\_%'").forEach(name -> objects.add("table:" + staging + "." + name));
        return objects;
    }

    private Set<String> tables(String place, String which) {
        Set<String> found = new TreeSet<>();
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT tablename FROM pg_tables WHERE schemaname = '" + place + "' AND tablename " + which)) {
            while (rows.next()) {
                found.add(rows.getString(1));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return found;
    }

    void drop() {
        server.execute(
                "DROP SCHEMA IF EXISTS \"" + schema + "\" CASCADE",
                "DROP SCHEMA IF EXISTS \"" + staging + "\" CASCADE");
    }
}
