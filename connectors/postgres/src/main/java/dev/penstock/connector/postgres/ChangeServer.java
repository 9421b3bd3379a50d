package dev.penstock.connector.postgres;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.Problem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.postgresql.replication.LogSequenceNumber;

/** What the server must have for its changes to be read, and what becomes of it. Not thread safe. */
final class ChangeServer {
    private final Connection connection;
    private final ChangeSettings settings;

    ChangeServer(Connection connection, ChangeSettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    /** The table as it is now. */
    ChangedTable table() throws SQLException {
        TableName name = settings.table();
        Optional<Publication> publication = Publication.find(connection, settings.publication(), name);
        return new TableCatalog(connection)
                .find(name, publication, settings.metadata())
                .orElseThrow(() -> wrong(
                        ChangeSettings.TABLES,
                        Problem.Code.NOT_FOUND,
                        "there is no table '" + name + "' that the role may see",
                        "correct its name, or create it"));
    }

    /** Makes the publication and the slot, or what of them is missing. */
    void provision() throws SQLException {
        requireLogical();
        TableName name = settings.table();
        Optional<Publication> publication = Publication.find(connection, settings.publication(), name);
        if (publication.isEmpty() || !publication.get().hasTable()) {
            requireIdentity();
            if (publication.isEmpty()) {
                Publication.create(connection, settings.publication(), name);
            } else {
                Publication.add(connection, settings.publication(), name);
            }
        }
        if (ReplicationSlot.find(connection, settings.slot()).isEmpty()) {
            ReplicationSlot.create(connection, settings.slot());
        }
    }

    /** Removes the slot and the publication. */
    void deprovision() throws SQLException {
        if (ReplicationSlot.find(connection, settings.slot()).isPresent()) {
            ReplicationSlot.drop(connection, settings.slot());
        }
        Publication.drop(connection, settings.publication());
    }

    void requireLogical() throws SQLException {
        String level = answer("SHOW wal_level");
        if (!level.equals("logical")) {
            throw wrong(
                    ChangeSettings.SLOT,
                    Problem.Code.INCOMPATIBLE,
                    "the server has wal_level = " + level,
                    "set wal_level = logical and restart it");
        }
    }

    /** Without it, updates and deletes of others would fail as soon as the table is published. */
    private void requireIdentity() throws SQLException {
        ChangedTable table = table();
        char identity = table.relation().identity();
        if (identity == 'n' || (identity == 'd' && table.key().isEmpty())) {
            throw wrong(
                    ChangeSettings.TABLES,
                    Problem.Code.INCOMPATIBLE,
                    "table '" + table.name() + "' has nothing to tell rows apart by, so that its publication would make"
                            + " updates and deletes fail",
                    "add a primary key, or ALTER TABLE " + table.name().sql() + " REPLICA IDENTITY FULL, or make"
                            + " publication '" + settings.publication() + "' with publish = 'insert'");
        }
    }

    /** The publication, which must have the table. */
    void requirePublication() throws SQLException {
        Optional<Publication> publication =
                Publication.find(connection, settings.publication(), settings.table());
        if (publication.isEmpty() || !publication.get().hasTable()) {
            throw wrong(
                    ChangeSettings.PUBLICATION,
                    Problem.Code.NOT_FOUND,
                    publication.isEmpty()
                            ? "there is no publication '" + settings.publication() + "'"
                            : "publication '" + settings.publication() + "' is without table '" + settings.table() + "'",
                    "start the pipeline as a role that may change it, or have its owner do so");
        }
    }

    /** The slot, which must be there and be one for changes of this database. */
    ReplicationSlot requireSlot() throws SQLException {
        ReplicationSlot slot = ReplicationSlot.find(connection, settings.slot())
                .orElseThrow(() -> wrong(
                        ChangeSettings.SLOT,
                        Problem.Code.NOT_FOUND,
                        "there is no slot '" + settings.slot() + "'",
                        "start the pipeline as a role with REPLICATION, or make it"));
        String database = answer("SELECT pg_catalog.current_database()");
        if (!slot.plugin().equals(ReplicationSlot.PLUGIN) || !slot.database().equals(database)) {
            throw wrong(
                    ChangeSettings.SLOT,
                    Problem.Code.CONFLICT,
                    "slot '" + settings.slot() + "' is of plugin '" + slot.plugin() + "' and database '"
                            + slot.database() + "', not of " + ReplicationSlot.PLUGIN + " and '" + database + "'",
                    "name another slot");
        }
        return slot;
    }

    /** Requires that reading can go on at {@code position}. */
    void requireAvailable(ChangePosition position) throws SQLException {
        if (position.system() != system()) {
            throw lost(position, "this is another database cluster", "connect to the one that was read");
        }
        ReplicationSlot slot = ReplicationSlot.find(connection, settings.slot()).orElse(null);
        String anew = "drop slot '" + settings.slot() + "' if it is there, and start with an empty state, which reads"
                + " the table anew";
        if (slot == null) {
            throw lost(position, "slot '" + settings.slot() + "' is gone, and the changes since with it", anew);
        }
        if (slot.isLost()) {
            String remedy = anew + "; a larger max_slot_wal_keep_size lets the server wait longer";
            throw lost(position, "the server has given slot '" + settings.slot() + "' up", remedy);
        }
        if (Long.compareUnsigned(slot.confirmed(), position.lsn()) > 0) {
            String earliest = "slot '" + settings.slot() + "' begins at LSN " + ChangePosition.shown(slot.confirmed());
            throw lost(position, earliest, "restore a newer state, or " + anew);
        }
    }

    private ResumeLostException lost(ChangePosition position, String earliest, String remedy) {
        return new ResumeLostException(settings.slot(), position.shown(), earliest, remedy);
    }

    /** Which cluster this is. */
    long system() throws SQLException {
        return Long.parseLong(answer("SELECT system_identifier FROM pg_catalog.pg_control_system()"));
    }

    /** Up to where the log is written. */
    long written() throws SQLException {
        return LogSequenceNumber.valueOf(answer("SELECT pg_catalog.pg_current_wal_flush_lsn()"))
                .asLong();
    }

    private String answer(String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return String.valueOf(row.getString(1));
        }
    }

    private static ConfigException wrong(ConfigKey<?> key, Problem.Code code, String reason, String remedy) {
        return new ConfigException(key.name(), code, reason, remedy);
    }
}
