package dev.penstock.connector.postgres;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.DataException;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.config.Problem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Moves waiting rows to their table, in the transaction of a commit. */
final class Merge {
    private final Connection connection;
    private final SinkTables tables;

    Merge(Connection connection) {
        this.connection = connection;
        this.tables = new SinkTables(connection);
    }

    /** Moves all rows of {@code handle}, whose tables are all there, and drops those. */
    void move(StagingHandle handle, StagingTables staging) throws SQLException {
        SinkTable target = tables.find(handle.target())
                .orElseThrow(() -> new ConfigException(
                        SinkSettings.TABLE.name(),
                        Problem.Code.NOT_FOUND,
                        "table '" + handle.target() + "' is gone, and rows wait for it",
                        "create it again with the columns that it had"));
        for (StagingHandle.Part part : handle.parts()) {
            TableName waiting = new TableName(handle.schema(), part.table());
            List<String> columns = staging.columns(connection, part.table());
            move(new MergeStatements(target, handle.mode(), waiting, columns), part);
            staging.drop(connection, part.table());
        }
    }

    private void move(MergeStatements sql, StagingHandle.Part part) throws SQLException {
        if (sql.mode().kind() == WriteMode.Kind.APPEND) {
            long moved = update(sql.append());
            if (moved != part.rows()) {
                throw new FatalException("Cannot commit " + part.rows() + " rows that wait in table '" + part.table()
                        + "': there are " + moved + "; somebody has changed them, look at what it holds");
            }
            return;
        }
        if (part.deletes() > 0) {
            update(sql.delete());
        }
        if (part.partials() == 0) {
            update(sql.upsert());
            return;
        }
        update(sql.upsertWhole());
        update(sql.upsertFolded());
        long keys = count(sql.countKnown());
        long updated = keys == 0 ? 0 : update(sql.updateKnown());
        if (updated != keys) {
            throw new DataException("Cannot update " + (keys - updated) + " of " + keys + " rows of table '"
                    + sql.target().name() + "': they keep values that they had, and are not there; fill the table with"
                    + " whole rows first, or add the missing ones");
        }
    }

    private long update(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.executeLargeUpdate(sql);
        }
    }

    private long count(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
