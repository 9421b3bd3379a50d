package dev.penstock.connector.postgres;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.OpenEpoch;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Copies rows into tables of their epoch, in one transaction an epoch; {@link #prepare} commits that, and then the rows
 * wait in the database, where any process can move them to their target.
 */
final class StagingWriter implements SinkWriter {
    /**
     * What a writer is to do.
     *
     * @param staging where rows wait
     * @param log tells whether this incarnation may still write
     */
    record Task(TableName target, WriteMode mode, StagingTables staging, CommitLog log, long generation) {}

    private final Connections connections;
    private final Task task;
    private final WriterSlot slot;
    private final List<StagingPart> parts = new ArrayList<>();
    private final Cancelling cancelling = new Cancelling();
    private @Nullable Connection connection;
    private final OpenEpoch epoch = new OpenEpoch();

    StagingWriter(Connections connections, Task task, WriterSlot slot) {
        this.connections = connections;
        this.task = task;
        this.slot = slot;
    }

    @Override
    public void begin(EpochId next) {
        epoch.begin(next);
    }

    private Connection connection() throws SQLException {
        Connection now = connection;
        if (now == null) {
            now = connections.open();
            connection = now;
            now.setAutoCommit(false);
        }
        cancelling.use(now);
        return now;
    }

    @Override
    public WriteResult write(RecordBatch batch) {
        EpochId current = epoch.current();
        if (batch.isEmpty()) {
            return WriteResult.accepted(0);
        }
        Rejections rejections = new Rejections(batch.rowCount());
        cancelling.begin();
        try {
            Connection now = connection();
            part(current, batch, now).write(batch, rejections);
        } catch (SQLException e) {
            throw Failures.during("Cannot write to table '" + task.target() + "'", e);
        } finally {
            cancelling.end();
        }
        return rejections.result();
    }

    private StagingPart part(EpochId current, RecordBatch batch, Connection now) throws SQLException {
        if (!parts.isEmpty() && parts.get(parts.size() - 1).fits(batch)) {
            return parts.get(parts.size() - 1);
        }
        StagingName name = StagingName.of(slot.sinkId(), current, slot.index(), parts.size());
        StagingLayout layout = layout(now, batch.schema());
        StagingPart part = StagingPart.create(
                now, batch.schema(), layout, new TableName(task.staging().schema(), name.table()));
        parts.add(part);
        return part;
    }

    private StagingLayout layout(Connection now, Schema schema) throws SQLException {
        SinkTable table = new SinkTables(now)
                .find(task.target())
                .orElseThrow(() -> missing("table '" + task.target() + "' does not exist"));
        List<SinkColumn> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            columns.add(column(table, schema.field(i), i));
        }
        return new StagingLayout(table, task.mode(), columns);
    }

    private SinkColumn column(SinkTable table, Field field, int input) {
        SinkTable.Column target = table.find(field.name())
                .orElseThrow(() -> missing("table '" + task.target() + "' has no column '" + field.name() + "'"));
        return ColumnConversion.between(field.type(), target.type())
                .map(conversion -> new SinkColumn(input, target, conversion))
                .orElseThrow(() -> missing("column '" + field.name() + "' of table '" + task.target() + "' is "
                        + target.type().name() + ", and " + field.type().text() + " in rows"));
    }

    private static ConfigException missing(String reason) {
        return new ConfigException(
                SinkSettings.TABLE.name(),
                Problem.Code.INCOMPATIBLE,
                reason,
                "start the pipeline again, which compares the two");
    }

    @Override
    public Optional<Prepared> prepare() {
        EpochId current = epoch.current();
        cancelling.begin();
        try {
            if (parts.isEmpty()) {
                requireNewest();
                epoch.end();
                return Optional.empty();
            }
            Connection now = connection();
            task.log().requireNewest(now, task.generation());
            now.commit();
        } catch (SQLException e) {
            throw Failures.during("Cannot prepare rows for table '" + task.target() + "'", e);
        } finally {
            cancelling.end();
        }
        Prepared prepared = prepared(current);
        epoch.end();
        parts.clear();
        return Optional.of(prepared);
    }

    /** An incarnation that has nothing to write hears of its successor, too. */
    private void requireNewest() throws SQLException {
        Connection now = connection();
        task.log().requireNewest(now, task.generation());
        now.rollback();
    }

    private Prepared prepared(EpochId current) {
        List<StagingHandle.Part> handles =
                parts.stream().map(StagingPart::handle).toList();
        StagingHandle handle = new StagingHandle(task.staging().schema(), task.target(), task.mode(), handles);
        long rows = parts.stream().mapToLong(StagingPart::rows).sum();
        long bytes = parts.stream().mapToLong(StagingPart::bytes).sum();
        return new Prepared(current, slot.index(), handle.encode(), rows, bytes);
    }

    @Override
    public void wakeup() {
        cancelling.cancel();
    }

    /** The server takes back what is not prepared. */
    @Override
    public void close() {
        epoch.close();
        Connection now = connection;
        connection = null;
        parts.clear();
        Connections.closeQuietly(now);
    }
}
