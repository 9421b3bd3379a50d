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
    private static final String MADE_PUBLICATION = "made by Penstock";
    private static final String MADE_BOTH = "made by Penstock, as was its slot";

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
        if (publication.isEmpty()) {
            requireIdentity();
            Publication.create(connection, settings.publication(), name);
            Publication.write(connection, settings.publication(), MADE_PUBLICATION);
        } else if (!publication.get().hasTable()) {
            requireIdentity();
            Publication.add(connection, settings.publication(), name);
        }
        if (ReplicationSlot.find(connection, settings.slot()).isEmpty()) {
            ReplicationSlot.create(connection, settings.slot());
            String made = Publication.note(connection, settings.publication());
            if (made.equals(MADE_PUBLICATION)) {
                Publication.write(connection, settings.publication(), MADE_BOTH);
            }
        }
    }

    /** Removes the publication and the slot if it was this connector that made them, which the publication says. */
    void deprovision() throws SQLException {
        String made = Publication.note(connection, settings.publication());
        if (made.equals(MADE_BOTH)
                && ReplicationSlot.find(connection, settings.slot()).isPresent()) {
            ReplicationSlot.drop(connection, settings.slot());
        }
        if (made.equals(MADE_BOTH) || made.equals(MADE_PUBLICATION)) {
            Publication.drop(connection, settings.publication());
        }
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
        Optional<Publication> publication = Publication.find(connection, settings.publication(), settings.table());
        if (publication.isEmpty() || !publication.get().hasTable()) {
            throw wrong(
                    ChangeSettings.PUBLICATION,
                    Problem.Code.NOT_FOUND,
                    publication.isEmpty()
                            ? "there is no publication '" + settings.publication() + "'"
                            : "publication '" + settings.publication() + "' is without table '" + settings.table()
                                    + "'",
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

    /** Requires that the rows that are there can be read by parts. */
    void requireKey(ChangedTable table) {
        if (table.key().isEmpty()) {
            throw wrong(
                    ChangeSettings.SNAPSHOT,
                    Problem.Code.UNSUPPORTED,
                    "table '" + table.name() + "' has no primary key, by whose parts it could be read",
                    "add one, or set snapshot: never");
        }
    }

    /** Requires that reading can go on at {@code position}. */
    void requireAvailable(ChangePosition position, ChangedTable table) throws SQLException {
        if (position.system() != system()) {
            throw lost(position, "this is another database cluster", "connect to the one that was read");
        }
        SnapshotProgress known = position.snapshot();
        if (!known.tables().isEmpty() && known.find(table.relation().id()).isEmpty()) {
            throw lost(
                    position,
                    "table '" + table.name() + "' was dropped and made anew",
                    "empty what it was written to, and start with an empty state");
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

    /** What was committed before {@code lsn} need not be kept, said while nobody reads from the slot. */
    void release(long lsn) throws SQLException {
        Optional<ReplicationSlot> slot = ReplicationSlot.find(connection, settings.slot());
        if (slot.isPresent() && Long.compareUnsigned(slot.get().confirmed(), lsn) < 0) {
            answer("SELECT pg_catalog.pg_replication_slot_advance(" + Sql.text(settings.slot()) + ", "
                    + Sql.text(ChangePosition.shown(lsn)) + ")");
        }
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
