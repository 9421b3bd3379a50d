package dev.penstock.connector.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.postgresql.replication.LogSequenceNumber;

/**
 * A replication slot as the server has it.
 *
 * @param confirmed where the changes begin that the server still has
 * @param walStatus what became of the log that it needs: {@code lost} if that is gone
 * @param holder the process that reads from it; 0 if none does
 */
record ReplicationSlot(String plugin, String database, long confirmed, String walStatus, long holder) {
    static final String PLUGIN = "pgoutput";

    /** The slot named {@code name}, if there is one. */
    static Optional<ReplicationSlot> find(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(
                "SELECT coalesce(plugin, ''), coalesce(database, ''), confirmed_flush_lsn, coalesce(wal_status, ''),"
                        + " coalesce(active_pid, 0) FROM pg_catalog.pg_replication_slots WHERE slot_name = ?")) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                return Optional.of(new ReplicationSlot(
                        row.getString(1), row.getString(2), lsn(row.getString(3)), row.getString(4), row.getLong(5)));
            }
        }
    }

    private static long lsn(@org.jspecify.annotations.Nullable String text) {
        return text == null ? 0 : LogSequenceNumber.valueOf(text).asLong();
    }

    /** Whether the server has thrown away what it needs. */
    boolean isLost() {
        return walStatus.equals("lost");
    }

    /** Makes the slot {@code name}; waits for transactions that are under way. */
    static void create(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_catalog.pg_create_logical_replication_slot(?, ?)")) {
            statement.setString(1, name);
            statement.setString(2, PLUGIN);
            statement.executeQuery().close();
        }
    }

    /** Removes the slot {@code name}, which must be there and not in use. */
    static void drop(Connection connection, String name) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("SELECT pg_catalog.pg_drop_replication_slot(?)")) {
            statement.setString(1, name);
            statement.executeQuery().close();
        }
    }
}
