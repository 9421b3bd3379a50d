package dev.penstock.connector.iceberg;

import dev.penstock.conformance.engine.KitContext;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkCommitter.Outcome;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One incarnation of a pipeline with one writer, driven by hand. */
final class TestSink implements AutoCloseable {
    static final Schema SCHEMA = Schema.of(Field.required("id", DataType.INT64), Field.of("name", DataType.STRING));

    private final String run;
    private final Sink sink;
    private final SinkWriter writer;
    private final SinkCommitter committer;
    private long epoch;

    private TestSink(Sink sink, int generation, long restoredEpoch) {
        this.run = "run-" + generation;
        this.sink = sink;
        this.epoch = Math.max(0, restoredEpoch);
        this.writer = sink.writer(new WriterSlot("orders/iceberg", run, 0, 1, restoredEpoch), List.of());
        this.committer = sink.committer("orders/iceberg", run);
    }

    /** Begins an incarnation that has claimed the sink. */
    static TestSink start(Path warehouse, int generation, long restoredEpoch) {
        return start(warehouse, Map.of(), SCHEMA, generation, restoredEpoch);
    }

    static TestSink start(Path warehouse, Map<String, Object> more, Schema schema, int generation, long restoredEpoch) {
        return new Setup(warehouse, more, schema, WriteMode.append()).start(generation, restoredEpoch);
    }

    /** What all incarnations of a pipeline have in common. */
    record Setup(Path warehouse, Map<String, Object> settings, Schema schema, WriteMode mode) {
        TestSink start(int generation, long restoredEpoch) {
            return TestSink.start(this, generation, restoredEpoch);
        }

        SinkPlan plan() {
            try (Sink sink = sink(this, 1)) {
                return sink.plan(schema, mode);
            }
        }
    }

    private static Sink sink(Setup setup, int generation) {
        Path warehouse = setup.warehouse;
        Map<String, Object> settings = new HashMap<>(Map.of(
                "warehouse", warehouse.toString(),
                "table", "shop.orders",
                "uri", LyingDriver.before("jdbc:sqlite:" + warehouse.resolve("catalog.db") + "?busy_timeout=30000")));
        settings.putAll(setup.settings);
        IcebergConnector connector = new IcebergConnector();
        Config config = SinkSettings.spec().parse(settings).orThrow();
        Sink sink = connector.sink(config);
        sink.open(new KitContext("orders", "iceberg", generation, warehouse));
        return sink;
    }

    private static TestSink start(Setup setup, int generation, long restoredEpoch) {
        Sink sink = sink(setup, generation);
        SinkPlan plan = sink.plan(setup.schema, setup.mode);
        if (plan instanceof SinkPlan.Reject reject) {
            throw new IllegalStateException(reject.problems().toString());
        }
        sink.provision();
        TestSink started = new TestSink(sink, generation, restoredEpoch);
        started.committer.claim();
        return started;
    }

    /** Rows with these ids. */
    static RecordBatch rows(long... ids) {
        BatchBuilder batch = new BatchBuilder(SCHEMA);
        for (long id : ids) {
            batch.append(id, "order " + id);
        }
        return batch.build();
    }

    /** Writes an epoch and seals it. */
    List<Prepared> prepared(RecordBatch... batches) {
        writer.begin(new EpochId(run, ++epoch));
        for (RecordBatch batch : batches) {
            writer.write(batch);
        }
        return writer.prepare().stream().toList();
    }

    /** Writes an epoch, and leaves it at that. */
    void writeUnprepared(RecordBatch batch) {
        writer.begin(new EpochId(run, ++epoch));
        writer.write(batch);
    }

    List<Prepared> prepared(long... ids) {
        return prepared(rows(ids));
    }

    SinkWriter writer() {
        return writer;
    }

    /** The outcome of all {@code handles}, which must be one. */
    Outcome commit(List<Prepared> handles) {
        Map<Prepared, Outcome> outcomes =
                committer.commit(handles.get(handles.size() - 1).epoch(), handles);
        List<Outcome> distinct = outcomes.values().stream().distinct().toList();
        if (outcomes.size() != handles.size() || distinct.size() != 1) {
            throw new IllegalStateException(outcomes.toString());
        }
        return distinct.get(0);
    }

    SinkCommitter committer() {
        return committer;
    }

    Sink sink() {
        return sink;
    }

    @Override
    public void close() {
        writer.close();
        committer.close();
        sink.close();
    }
}
