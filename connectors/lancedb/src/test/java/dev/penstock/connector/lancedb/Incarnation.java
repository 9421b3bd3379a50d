package dev.penstock.connector.lancedb;

import dev.penstock.conformance.engine.KitContext;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** One run of a pipeline with a sink, driven by hand as an engine would drive it. */
final class Incarnation implements AutoCloseable {
    static final String SINK_ID = "pipeline/lancedb";
    static final String TABLE = "docs";

    final String run;
    final Sink sink;
    final SinkPlan plan;
    final List<SinkWriter> writers = new ArrayList<>();
    private final SinkCommitter committer;

    private Incarnation(Builder builder) {
        this.run = builder.run;
        this.sink = new LanceSink(SinkSettings.of(config(builder.settings)), builder.files);
        sink.open(new KitContext("pipeline", "lancedb", builder.generation, builder.directory));
        this.plan = sink.plan(builder.schema, builder.mode);
        if (!(plan instanceof SinkPlan.Reject)) {
            sink.provision();
            for (int i = 0; i < builder.writerCount; i++) {
                writers.add(sink.writer(
                        new WriterSlot(SINK_ID, run, i, builder.writerCount, builder.restoredEpoch), builder.restored));
            }
        }
        this.committer = sink.committer(SINK_ID, run);
    }

    static Builder in(Path directory, Schema schema) {
        return new Builder(directory, schema);
    }

    /** Says how to run. */
    static final class Builder {
        private final Path directory;
        private final Schema schema;
        private final Map<String, Object> settings = new HashMap<>(Map.of("uri", "db", "table", TABLE));
        private WriteMode mode = WriteMode.append();
        private String run = "run1";
        private long generation = 1;
        private int writerCount = 1;
        private long restoredEpoch = -1;
        private List<ResumeState> restored = List.of();
        private Function<TableLocation, TableFiles> files = TableFiles::of;

        private Builder(Path directory, Schema schema) {
            this.directory = directory;
            this.schema = schema;
        }

        Builder mode(WriteMode newMode) {
            mode = newMode;
            return this;
        }

        Builder run(String newRun, long newGeneration) {
            run = newRun;
            generation = newGeneration;
            return this;
        }

        Builder writers(int count) {
            writerCount = count;
            return this;
        }

        Builder restored(long epoch, ResumeState... snapshots) {
            restoredEpoch = epoch;
            restored = List.of(snapshots);
            return this;
        }

        Builder set(String key, Object value) {
            settings.put(key, value);
            return this;
        }

        Builder restored(long epoch, List<ResumeState> snapshots) {
            restoredEpoch = epoch;
            restored = snapshots;
            return this;
        }

        Builder files(Function<TableLocation, TableFiles> newFiles) {
            files = newFiles;
            return this;
        }

        Incarnation start() {
            return new Incarnation(this);
        }
    }

    static dev.penstock.spi.config.Config config(Map<String, Object> settings) {
        return SinkSettings.spec().parse(settings).orThrow();
    }

    SinkWriter writer() {
        return writers.get(0);
    }

    SinkCommitter committer() {
        return committer;
    }

    EpochId epoch(long epoch) {
        return new EpochId(run, epoch);
    }

    /** Writes an epoch with the first writer and prepares it. */
    List<Prepared> prepare(long epoch, RecordBatch... batches) {
        writer().begin(epoch(epoch));
        for (RecordBatch batch : batches) {
            WriteResult result = writer().write(batch);
            if (!result.rejected().isEmpty()) {
                throw new IllegalStateException("rejected " + result.rejected());
            }
        }
        return writer().prepare().stream().toList();
    }

    Map<Prepared, SinkCommitter.Outcome> commit(List<Prepared> handles) {
        return committer.commit(handles.get(handles.size() - 1).epoch(), handles);
    }

    /** Writes and commits an epoch. */
    Map<Prepared, SinkCommitter.Outcome> write(long epoch, RecordBatch... batches) {
        return commit(prepare(epoch, batches));
    }

    @Override
    public void close() {
        writers.forEach(SinkWriter::close);
        committer.close();
        sink.close();
    }
}
