package dev.penstock.connector.postgres;

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
import org.jspecify.annotations.Nullable;

/** Reads the changes of tables from a replication slot, and the rows that were there before; one partition. */
final class ChangeSource implements Source {
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
        private final Schema schema;
        private long stop = ChangePosition.NO_STOP;
        private @Nullable ChangePartition reader;

        Opened(Connections connections, ChangeLag lag, Schema schema) {
            this.connections = connections;
            this.lag = lag;
            this.schema = schema;
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
        List<ChangedTable> tables = ask(connections, "look at tables " + settings.shownTables(), ChangeServer::tables);
        Schema schema = settings.rows().events()
                ? new EventForm(settings.rows()).schema()
                : tables.get(0).schema();
        opened = new Opened(connections, new ChangeLag(context.metrics(), context.clock()), schema);
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
        return opened().schema;
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
        ChangeStart start = ask(now.connections, what, server -> start(now, server, resumed));
        return now.reads(reader(now, partition.id(), start));
    }

    private ChangeStart start(Opened now, ChangeServer server, Optional<ChangePosition> resumed) throws SQLException {
        ChangeStart start = ChangeStart.of(server, settings, resumed);
        return start.at(bounded(now, server, start.position()));
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

    private ChangePartition reader(Opened now, String name, ChangeStart start) {
        ReplicationStart replication = new ReplicationStart(
                now.connections,
                settings.slot(),
                settings.publication(),
                settings.reading().prefetchBytes());
        boolean binary = start.tables().stream().allMatch(ChangedTable::hasBinary);
        ChangeStart read = binary ? start : start.asText();
        ReplicationReader reader = replication.start(start.position().lsn(), binary);
        ChangedTables tables = new ChangedTables(settings, now.connections, read, snapshots(now, reader.buffer()));
        read.unread()
                .forEach(table ->
                        tables.snapshots().add(table, read.progress(table).after()));
        TableWatch watch =
                settings.follow() ? new TableWatch(settings, now.connections, read.tables(), reader.buffer()) : null;
        return new ChangePartition(
                name, read, new ChangePartition.Parts(reader, tables, watch, now.lag, lsn -> release(now, lsn)));
    }

    private SnapshotSequence snapshots(Opened now, ReplicationBuffer buffer) {
        ChangeSettings.RowForm rows = settings.rows();
        EventForm events = new EventForm(rows);
        int connections = settings.reading().connections();
        return new SnapshotSequence(
                () -> new SnapshotReaders(settings.slot(), connections, now.connections, buffer),
                (table, shape) -> new KeylessFeed(table, now.connections, buffer, shape),
                (table, read) -> rows.events() ? events.read(table, read) : read,
                settings.reading().chunkRows());
    }

    private void release(Opened now, long lsn) {
        try (Connection open = now.connections.open()) {
            new ChangeServer(open, settings).release(lsn);
        } catch (SQLException | ConnectorException e) {
            // The next run says it again; until then the server keeps more than it need.
        }
    }

    @Override
    public Map<String, String> describe(ResumeState state) {
        ChangePosition position = ChangePosition.decode(settings.slot(), state);
        Map<String, String> described = new LinkedHashMap<>();
        described.put("lsn", ChangePosition.shown(position.lsn()));
        described.put("rows-of-transaction", String.valueOf(position.allRows()));
        if (position.isBounded()) {
            described.put("stop", ChangePosition.shown(position.stop()));
        }
        position.snapshot()
                .tables()
                .forEach(table -> described.put(
                        "snapshot-of-" + table.shown(), table.done() ? "done" : "behind key " + table.after()));
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
