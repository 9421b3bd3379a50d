package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeSettings.WithoutKey;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.Problem;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /**
     * The tables that are read, as they are now: those that are named, and of the publication those that look alike.
     */
    List<ChangedTable> tables() throws SQLException {
        Set<TableName> names = new LinkedHashSet<>(settings.named());
        if (settings.hasPatterns()) {
            Publication.tables(connection, settings.publication()).stream()
                    .filter(settings::wants)
                    .forEach(names::add);
        }
        List<ChangedTable> tables = new ArrayList<>();
        for (TableName name : names) {
            tables.add(table(name));
        }
        return tables;
    }

    private ChangedTable table(TableName name) throws SQLException {
        return find(name)
                .orElseThrow(() -> wrong(
                        ChangeKeys.TABLES,
                        Problem.Code.NOT_FOUND,
                        "there is no table '" + name + "' that the role may see",
                        "correct its name, or create it"));
    }

    /** The table {@code name} as it is now, if there is one. */
    Optional<ChangedTable> find(TableName name) throws SQLException {
        Optional<Publication> publication = Publication.find(connection, settings.publication(), name);
        return new TableCatalog(connection)
                .find(name, publication, settings.rows().ofTables());
    }

    /** The table that {@code relation} describes, which may be as it was some time ago. */
    ChangedTable describe(Relation relation) throws SQLException {
        return new TableCatalog(connection).describe(relation, settings.rows().ofTables());
    }

    /** The tables of the publication that are wanted, by their object ids. */
    Map<Integer, TableName> published() throws SQLException {
        Map<Integer, TableName> tables = Publication.ids(connection, settings.publication());
        tables.values().removeIf(name -> !settings.wants(name));
        return tables;
    }

    /** Waits as {@link TableWriters#await} does. */
    void awaitWriters(ChangedTable table) throws SQLException {
        new TableWriters(connection, table).await();
    }

    /** Makes the publication and the slot, or what of them is missing. */
    void provision() throws SQLException {
        requireLogical();
        boolean isThere = Publication.exists(connection, settings.publication());
        boolean isOurs = !isThere || isOurs(Publication.note(connection, settings.publication()));
        List<TableName> missing = wanted(isOurs);
        missing.removeAll(Publication.tables(connection, settings.publication()));
        for (TableName name : missing) {
            requireIdentity(table(name));
        }
        if (isThere) {
            for (TableName name : missing) {
                Publication.add(connection, settings.publication(), name);
            }
        } else {
            Publication.create(connection, settings.publication(), missing);
            Publication.write(connection, settings.publication(), MADE_PUBLICATION);
        }
        if (ReplicationSlot.find(connection, settings.slot()).isEmpty()) {
            ReplicationSlot.create(connection, settings.slot());
            String made = Publication.note(connection, settings.publication());
            if (made.equals(MADE_PUBLICATION)) {
                Publication.write(connection, settings.publication(), MADE_BOTH);
            }
        }
    }

    /** What a publication of others has of tables that look alike is for them to say. */
    private List<TableName> wanted(boolean alike) throws SQLException {
        Set<TableName> names = new LinkedHashSet<>(settings.named());
        if (alike && settings.hasPatterns()) {
            new TableCatalog(connection)
                    .names().stream().filter(settings::wants).forEach(names::add);
        }
        return new ArrayList<>(names);
    }

    /** Removes the publication and the slot if it was this connector that made them, which the publication says. */
    void deprovision() throws SQLException {
        String made = Publication.note(connection, settings.publication());
        if (made.equals(MADE_BOTH)
                && ReplicationSlot.find(connection, settings.slot()).isPresent()) {
            ReplicationSlot.drop(connection, settings.slot());
        }
        if (isOurs(made)) {
            Publication.drop(connection, settings.publication());
        }
    }

    private static boolean isOurs(String note) {
        return note.equals(MADE_BOTH) || note.equals(MADE_PUBLICATION);
    }

    void requireLogical() throws SQLException {
        String level = answer("SHOW wal_level");
        if (!level.equals("logical")) {
            throw wrong(
                    ChangeKeys.SLOT,
                    Problem.Code.INCOMPATIBLE,
                    "the server has wal_level = " + level,
                    "set wal_level = logical and restart it");
        }
    }

    /** Without it, updates and deletes of others would fail as soon as the table is published. */
    private void requireIdentity(ChangedTable table) {
        char identity = table.relation().identity();
        if (identity == 'n' || (identity == 'd' && table.key().isEmpty())) {
            throw wrong(
                    ChangeKeys.TABLES,
                    Problem.Code.INCOMPATIBLE,
                    "table '" + table.name() + "' has nothing to tell rows apart by, so that its publication would make"
                            + " updates and deletes fail",
                    "add a primary key, or ALTER TABLE " + table.name().sql() + " REPLICA IDENTITY FULL, or make"
                            + " publication '" + settings.publication() + "' with publish = 'insert'");
        }
    }

    /** The publication, which must have the tables that are named. */
    void requirePublication() throws SQLException {
        String missing = "start the pipeline as a role that may change it, or have its owner do so";
        String name = "publication '" + settings.publication() + "'";
        if (!Publication.exists(connection, settings.publication())) {
            throw wrong(ChangeKeys.PUBLICATION, Problem.Code.NOT_FOUND, "there is no " + name, missing);
        }
        for (TableName table : settings.named()) {
            Optional<Publication> publication = Publication.find(connection, settings.publication(), table);
            if (publication.isEmpty() || !publication.get().hasTable()) {
                throw wrong(
                        ChangeKeys.PUBLICATION,
                        Problem.Code.NOT_FOUND,
                        name + " is without table '" + table + "'",
                        missing);
            }
        }
    }

    /** The slot, which must be there and be one for changes of this database. */
    ReplicationSlot requireSlot() throws SQLException {
        ReplicationSlot slot = ReplicationSlot.find(connection, settings.slot())
                .orElseThrow(() -> wrong(
                        ChangeKeys.SLOT,
                        Problem.Code.NOT_FOUND,
                        "there is no slot '" + settings.slot() + "'",
                        "start the pipeline as a role with REPLICATION, or make it"));
        String database = answer("SELECT pg_catalog.current_database()");
        if (!slot.plugin().equals(ReplicationSlot.PLUGIN) || !slot.database().equals(database)) {
            throw wrong(
                    ChangeKeys.SLOT,
                    Problem.Code.CONFLICT,
                    "slot '" + settings.slot() + "' is of plugin '" + slot.plugin() + "' and database '"
                            + slot.database() + "', not of " + ReplicationSlot.PLUGIN + " and '" + database + "'",
                    "name another slot");
        }
        return slot;
    }

    /** Requires that the rows that are there can be read by parts. */
    void requireKey(ChangedTable table) {
        if (table.key().isEmpty() && settings.policies().withoutKey() == WithoutKey.ERROR) {
            throw wrong(
                    ChangeKeys.SNAPSHOT,
                    Problem.Code.UNSUPPORTED,
                    "table '" + table.name() + "' has no primary key, by whose parts it could be read",
                    "add one, or set snapshot: never, or snapshot-without-key: repeat");
        }
    }

    /** Requires that reading can go on at {@code position}. */
    void requireAvailable(ChangePosition position) throws SQLException {
        if (position.system() != system()) {
            throw lost(position, "this is another database cluster", "connect to the one that was read");
        }
        ReplicationSlot slot = ReplicationSlot.find(connection, settings.slot()).orElse(null);
        String anew = "drop slot '" + settings.slot() + "' if it is there, and start with an empty state, which reads"
                + " the tables anew";
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

    ResumeLostException lost(ChangePosition position, String earliest, String remedy) {
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
