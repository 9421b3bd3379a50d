package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeSettings.Snapshot;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the changes of a table from a replication slot, and the rows that were there before; one partition. */
final class ChangeSource implements Source {
    private static final String MARKS = "penstock ";

    private final ConnectionSettings connection;
    private final ChangeSettings settings;
    private volatile @Nullable Opened opened;
    private volatile boolean closed;

    ChangeSource(ConnectionSettings connection, ChangeSettings settings) {
        this.connection = connection;
        this.settings = settings;
    }

    /** What there is while the source is open. */
    private static final class Opened {
        private final Connections connections;
        private final ChangeLag lag;
        private final ChangedTable table;
        private long stop = ChangePosition.NO_STOP;
        private @Nullable ChangePartition reader;

        Opened(Connections connections, ChangeLag lag, ChangedTable table) {
            this.connections = connections;
            this.lag = lag;
            this.table = table;
        }

        /** A slot serves one reader: a new one takes it over. */
        synchronized void takeOver() {
            if (reader != null) {
                reader.close();
            }
        }

        synchronized ChangePartition reads(ChangePartition next) {
            reader = next;
            return next;
        }
    }

    /** Something that asks the server. */
    @FunctionalInterface
    private interface Question<T> {
        T ask(ChangeServer server) throws SQLException;
    }

    private <T> T ask(Connections connections, String what, Question<T> question) {
        try (Connection open = connections.open()) {
            return question.ask(new ChangeServer(open, settings));
        } catch (SQLException e) {
            throw Failures.during("Cannot " + what, e);
        }
    }

    @Override
    public void open(ConnectorContext context) {
        if (closed || opened != null) {
            throw new IllegalStateException("Cannot open a source that was opened before");
        }
        Connections connections = new Connections(connection, context);
        ChangedTable table = ask(connections, "read table '" + settings.table() + "'", ChangeServer::table);
        opened = new Opened(connections, new ChangeLag(context.metrics(), context.clock()), table);
    }

    private Opened opened() {
        Opened now = opened;
        if (now == null) {
            throw new IllegalStateException("Cannot use a source that is not open");
        }
        return now;
    }

    @Override
    public void provision() {
        ask(opened().connections, "make slot '" + settings.slot() + "' and its publication", server -> {
            server.provision();
            return true;
        });
    }

    @Override
    public void deprovision() {
        opened().takeOver();
        ask(opened().connections, "remove slot '" + settings.slot() + "' and its publication", server -> {
            server.deprovision();
            return true;
        });
    }

    @Override
    public Schema schema() {
        return opened().table.schema();
    }

    @Override
    public Discovery discover(Duration maxWait) {
        opened();
        return new Discovery(List.of(Partition.of(settings.slot(), !settings.follow())), true);
    }

    @Override
    public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
        Opened now = opened();
        now.takeOver();
        Optional<ChangePosition> resumed = resumeFrom.map(state -> ChangePosition.decode(partition.id(), state));
        String what = "read from slot '" + settings.slot() + "'";
        Start start = ask(now.connections, what, server -> start(now, server, resumed));
        return now.reads(reader(now, partition.id(), start));
    }

    /** Where reading begins, and what the table looks like. */
    private record Start(ChangePosition position, ChangedTable table) {}

    private Start start(Opened now, ChangeServer server, Optional<ChangePosition> resumed) throws SQLException {
        ChangedTable table = server.table();
        if (resumed.isPresent()) {
            server.requireAvailable(resumed.get(), table);
        }
        ReplicationSlot slot = server.requireSlot();
        server.requirePublication();
        ChangePosition position = resumed.isPresent() ? resumed.get() : first(server, slot, table);
        return new Start(bounded(now, server, position), table);
    }

    private ChangePosition first(ChangeServer server, ReplicationSlot slot, ChangedTable table) throws SQLException {
        boolean isDone = settings.snapshot() == Snapshot.NEVER;
        if (!isDone) {
            server.requireKey(table);
        }
        SnapshotProgress.Table progress =
                new SnapshotProgress.Table(table.relation().id(), isDone, List.of());
        return new ChangePosition(
                server.system(),
                isDone ? slot.confirmed() : server.written(),
                0,
                ChangePosition.NO_STOP,
                SnapshotProgress.NONE.with(progress));
    }

    /** A run that was interrupted ends where it would have; the one after it ends at what there is when it begins. */
    private ChangePosition bounded(Opened now, ChangeServer server, ChangePosition position) throws SQLException {
        if (settings.follow()) {
            return position.endingAt(ChangePosition.NO_STOP);
        }
        if (now.stop == ChangePosition.NO_STOP) {
            now.stop = server.written();
        }
        return position.isBounded() && !position.isAtEnd() ? position : position.endingAt(now.stop);
    }

    private ChangePartition reader(Opened now, String name, Start start) {
        ReplicationStart replication = new ReplicationStart(
                now.connections,
                settings.slot(),
                settings.publication(),
                settings.reading().prefetchBytes());
        ChangedTable table = start.table();
        ReplicationReader reader = replication.start(start.position().lsn(), table.hasBinary());
        SnapshotFeed feed = feed(now, start, reader);
        ChangeRows rows = new ChangeRows(name, table, settings.metadata());
        ChangedRows tables = new ChangedRows(settings, now.connections, rows, feed);
        return new ChangePartition(
                name, start.position(), new ChangePartition.Parts(reader, tables, now.lag, lsn -> release(now, lsn)));
    }

    private void release(Opened now, long lsn) {
        try (Connection open = now.connections.open()) {
            new ChangeServer(open, settings).release(lsn);
        } catch (SQLException | ConnectorException e) {
            // The next run says it again; until then the server keeps more than it need.
        }
    }

    private @Nullable SnapshotFeed feed(Opened now, Start start, ReplicationReader reader) {
        int id = start.table().relation().id();
        Optional<SnapshotProgress.Table> progress = start.position().snapshot().find(id);
        boolean isDone = progress.map(SnapshotProgress.Table::done).orElse(false);
        if (settings.snapshot() == Snapshot.NEVER || isDone) {
            return null;
        }
        List<String> after = progress.map(SnapshotProgress.Table::after).orElse(List.of());
        SnapshotReaders.Job job = new SnapshotReaders.Job(
                settings.slot(),
                new SnapshotQuery(start.table()),
                settings.reading().chunkRows(),
                new SnapshotReaders.Mark(
                        MARKS + settings.slot(), UUID.randomUUID().toString()));
        SnapshotReaders readers = new SnapshotReaders(job, now.connections, reader.buffer(), after);
        return new SnapshotFeed(job, readers, settings.reading().connections(), after);
    }

    @Override
    public Map<String, String> describe(ResumeState state) {
        ChangePosition position = ChangePosition.decode(settings.slot(), state);
        Map<String, String> described = new LinkedHashMap<>();
        described.put("lsn", ChangePosition.shown(position.lsn()));
        described.put("rows-of-transaction", String.valueOf(position.rows()));
        if (position.isBounded()) {
            described.put("stop", ChangePosition.shown(position.stop()));
        }
        position.snapshot()
                .tables()
                .forEach(table -> described.put(
                        "snapshot-of-" + Integer.toUnsignedString(table.id()),
                        table.done() ? "done" : "behind key " + table.after()));
        return described;
    }

    @Override
    public void close() {
        Opened now = opened;
        opened = null;
        closed = true;
        if (now != null) {
            now.takeOver();
        }
    }
}
