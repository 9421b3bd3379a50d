package dev.penstock.connector.postgres;

import static java.util.Objects.requireNonNull;

import dev.penstock.local.LocalPostgres.Release;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A sink with one writer, as an engine drives it, and what is in its table. */
final class Writing implements AutoCloseable {
    private final Server server;
    private final TableName table;
    private final PostgresSink sink;
    private final WriteMode mode;
    private @Nullable SinkWriter writer;
    private @Nullable SinkCommitter committer;
    private long epoch;

    /** Writes to {@code table} of a new schema {@code schema}. */
    Writing(Server server, TableName table, WriteMode mode, long generation) {
        this.server = server;
        this.table = table;
        this.mode = mode;
        this.sink = new PostgresSink(
                new SinkSettings(Settings.of(server, Server.WRITER), table, true, true, table.schema() + "_waiting"));
        sink.open(new TestContext("shop", table.schema(), generation));
    }

    /** A sink for the first incarnation. */
    static Writing of(Server.Servers servers, Release release, String table, WriteMode mode) {
        return new Writing(servers.of(release), TableName.parse(table).orElseThrow(), mode, 1);
    }

    /** Plans, provisions and makes the writer. */
    Writing start(Schema schema) {
        SinkPlan plan = sink.plan(schema, mode);
        if (plan instanceof SinkPlan.Reject reject) {
            throw new IllegalStateException(reject.problems().toString());
        }
        sink.provision();
        String id = "shop/" + table.schema();
        committer = sink.committer(id, "run-1");
        committer().claim();
        writer = sink.writer(new WriterSlot(id, "run-1", 0, 1, -1), List.of());
        return this;
    }

    PostgresSink sink() {
        return sink;
    }

    private SinkWriter writer() {
        return requireNonNull(writer, "writer");
    }

    private SinkCommitter committer() {
        return requireNonNull(committer, "committer");
    }

    void begin() {
        writer().begin(new EpochId("run-1", ++epoch));
    }

    WriteResult write(RecordBatch batch) {
        return writer().write(batch);
    }

    List<Prepared> prepare() {
        return writer().prepare().stream().toList();
    }

    Map<Prepared, SinkCommitter.Outcome> commit(List<Prepared> handles) {
        return committer().commit(new EpochId("run-1", epoch), handles);
    }

    /** One epoch of some batches; gives what was rejected. */
    List<String> epoch(RecordBatch... batches) {
        List<String> rejected = new ArrayList<>();
        begin();
        for (RecordBatch batch : batches) {
            write(batch).rejected().forEach(row -> rejected.add(row.index() + ": " + row.reason()));
        }
        commit(prepare());
        return rejected;
    }

    /** What is in the table, a line for each row. */
    List<String> rows(String columns) {
        try (Connection connection = server.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT format('%s', ROW(" + columns + ")) AS line FROM " + table.sql() + " ORDER BY line")) {
            List<String> lines = new ArrayList<>();
            while (rows.next()) {
                lines.add(rows.getString(1));
            }
            return lines;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        writer().close();
        committer().close();
        sink.close();
    }
}
