package dev.penstock.connector.postgres;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Routing;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A table to write to. */
final class PostgresSink implements Sink {
    private final SinkSettings settings;
    private @Nullable Opened opened;
    private boolean closed;
    private WriteMode mode = WriteMode.append();
    private List<String> key = List.of();
    private Optional<Schema> planned = Optional.empty();

    PostgresSink(SinkSettings settings) {
        this.settings = settings;
    }

    /** What there is while the sink is open. */
    private record Opened(ConnectorContext context, Connections connections, Connection connection) {}

    @Override
    public void open(ConnectorContext context) {
        if (closed || opened != null) {
            throw new IllegalStateException("Cannot open a sink that was opened before");
        }
        Connections connections = new Connections(settings.connection(), context);
        opened = new Opened(context, connections, connections.open());
    }

    private Opened opened() {
        Opened now = opened;
        if (now == null) {
            throw new IllegalStateException("Cannot use a sink that is not open");
        }
        return now;
    }

    private String sinkId() {
        ConnectorContext context = opened().context();
        return context.pipeline() + "/" + context.stepId();
    }

    private CommitLog log(String sinkId) {
        return new CommitLog(settings.stagingSchema(), sinkId);
    }

    private StagingTables staging(String sinkId) {
        return new StagingTables(settings.stagingSchema(), sinkId);
    }

    @Override
    public SinkPlan plan(Schema input, WriteMode newMode) {
        try {
            SinkPlan plan = target(input, newMode).answer();
            if (!(plan instanceof SinkPlan.Reject)) {
                mode = newMode;
                planned = Optional.of(input);
                key = appendedKey(input);
            }
            return plan;
        } catch (SQLException e) {
            throw Failures.during("Cannot look at table '" + settings.table() + "'", e);
        }
    }

    private TargetPlan target(Schema input, WriteMode newMode) throws SQLException {
        Connection connection = opened().connection();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT to_regtype('vector') IS NOT NULL")) {
            row.next();
            return TargetPlan.of(
                    input,
                    newMode,
                    settings,
                    new ColumnDefinition(row.getBoolean(1)),
                    new SinkTables(connection).find(settings.table()));
        }
    }

    /** Rows with the same unique key meet in one writer, which notices the second. */
    private List<String> appendedKey(Schema input) throws SQLException {
        return new SinkTables(opened().connection())
                .find(settings.table()).stream()
                        .flatMap(table -> table.keys().stream())
                        .filter(columns -> input.names().containsAll(columns))
                        .findFirst()
                        .orElse(List.of());
    }

    /** Makes the table or its columns, as was planned, and what commits need. */
    @Override
    public void provision() {
        Opened now = opened();
        transaction(now.connection(), "Cannot make table '" + settings.table() + "'", connection -> {
            CommitLog log = log(sinkId());
            log.create(connection);
            log.register(connection, make(connection));
        });
    }

    private boolean make(Connection connection) throws SQLException {
        if (planned.isEmpty()) {
            return false;
        }
        boolean isNew = new SinkTables(connection).find(settings.table()).isEmpty();
        List<String> statements = target(planned.get(), mode).statements();
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
        return isNew && !statements.isEmpty();
    }

    /** Removes what commits need, and the table if it was made here and holds no row; rows stay. */
    @Override
    public void deprovision() {
        Opened now = opened();
        CommitLog log = log(sinkId());
        transaction(now.connection(), "Cannot remove what waits for table '" + settings.table() + "'", connection -> {
            staging(sinkId()).drop(connection, name -> true);
            if (log.exists(connection) && log.remove(connection)) {
                dropIfEmpty(connection);
            }
        });
        dropSchema(now.connection());
    }

    private void dropIfEmpty(Connection connection) throws SQLException {
        if (new SinkTables(connection).find(settings.table()).isEmpty()) {
            return;
        }
        String table = settings.table().sql();
        try (Statement statement = connection.createStatement()) {
            statement.execute("DO $$ BEGIN IF NOT EXISTS (SELECT 1 FROM " + table + ") THEN DROP TABLE " + table
                    + "; END IF; END $$");
        }
    }

    /** The schema goes if nothing is left in it, and it is ours to drop. */
    private void dropSchema(Connection connection) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("DROP SCHEMA IF EXISTS " + Sql.name(settings.stagingSchema()) + " RESTRICT");
        } catch (SQLException e) {
            // Somebody else has something in it, or made it.
        }
    }

    /** Something in a transaction. */
    private interface Step {
        void run(Connection connection) throws SQLException;
    }

    private static void transaction(Connection connection, String what, Step step) {
        try {
            connection.setAutoCommit(false);
            try {
                step.run(connection);
                connection.commit();
            } finally {
                // Also ends the transaction, if the step failed.
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw Failures.during(what, e);
        }
    }

    @Override
    public Routing routing() {
        List<String> by = mode.kind() == WriteMode.Kind.UPSERT ? mode.deleteBy() : key;
        return by.isEmpty() ? Routing.any() : new Routing.ByKey(by);
    }

    @Override
    public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
        Opened now = opened();
        long generation = now.context().generation();
        CommitLog log = log(slot.sinkId());
        StagingTables staging = staging(slot.sinkId());
        transaction(now.connection(), "Cannot remove rows that an earlier run has left", connection -> {
            // A claim waits until this is done, so that only the newest incarnation removes anything.
            log.lock(connection, generation);
            staging.drop(connection, name -> slot.ownsStray(name.writer(), name.epoch()));
        });
        return new StagingWriter(
                now.connections(), new StagingWriter.Task(settings.table(), mode, staging, log, generation), slot);
    }

    @Override
    public SinkCommitter committer(String sinkId, String runId) {
        Opened now = opened();
        Connections named = now.connections().named("penstock commit " + StagingName.digest(sinkId));
        return new PostgresCommitter(
                named, staging(sinkId), log(sinkId), now.context().generation());
    }

    @Override
    public void close() {
        Opened now = opened;
        opened = null;
        closed = true;
        if (now != null) {
            Connections.closeQuietly(now.connection());
        }
    }
}
