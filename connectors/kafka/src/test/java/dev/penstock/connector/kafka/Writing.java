package dev.penstock.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.conformance.engine.KitContext;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkCommitter.Outcome;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes with a sink as an engine does: one incarnation of a pipeline. */
final class Writing implements AutoCloseable {
    static final String SINK = "test/kafka";
    static final Schema RECORDS = Schema.of(Payload.FIELD);

    private final Sink sink;
    private final String runId;

    private Writing(Sink sink, String runId) {
        this.sink = sink;
        this.runId = runId;
    }

    static Sink sink(TestCluster cluster, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putIfAbsent("bootstrap-servers", cluster.kafka().bootstrapServers());
        return new KafkaConnector().sink(SinkSettings.SPEC.parse(all).orThrow());
    }

    /** An incarnation with a lease, whose spool is below {@code directory}. */
    static Writing of(TestCluster cluster, Path directory, long generation, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        // Each test has a directory of its own, and so commits of its own.
        all.putIfAbsent("commit-topic", "commits-" + Integer.toHexString(directory.hashCode()));
        Sink sink = sink(cluster, all);
        sink.open(new KitContext("test", "kafka", generation, directory));
        sink.provision();
        return new Writing(sink, "run" + generation);
    }

    Sink sink() {
        return sink;
    }

    Writing planned(Schema schema, WriteMode mode) {
        SinkPlan plan = sink.plan(schema, mode);
        if (!(plan instanceof SinkPlan.Accept)) {
            throw new AssertionError(plan.toString());
        }
        return this;
    }

    SinkWriter writer(int index, int count, long restoredEpoch) {
        return sink.writer(new WriterSlot(SINK, runId, index, count, restoredEpoch), List.of());
    }

    EpochId epoch(long number) {
        return new EpochId(runId, number);
    }

    /** A batch of one record a value. */
    static RecordBatch records(String... values) {
        BatchBuilder builder = new BatchBuilder(RECORDS);
        for (String value : values) {
            builder.append(bytes(value));
        }
        return builder.build();
    }

    static Bytes bytes(String text) {
        return Bytes.copyOf(text.getBytes(UTF_8));
    }

    /** Writes and prepares an epoch with one writer. */
    Prepared prepared(long number, String... values) {
        try (SinkWriter writer = writer(0, 1, number - 1)) {
            return prepared(writer, number, values);
        }
    }

    Prepared prepared(SinkWriter writer, long number, String... values) {
        writer.begin(epoch(number));
        writer.write(records(values));
        return writer.prepare().orElseThrow();
    }

    /** Commits with a committer of its own. */
    Map<Prepared, Outcome> commit(Prepared... handles) {
        try (SinkCommitter committer = sink.committer(SINK, runId)) {
            committer.claim();
            return committer.commit(handles[handles.length - 1].epoch(), List.of(handles));
        }
    }

    @Override
    public void close() {
        sink.close();
    }
}
