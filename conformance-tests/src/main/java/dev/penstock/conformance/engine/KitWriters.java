package dev.penstock.conformance.engine;

import dev.penstock.spi.Capability;
import dev.penstock.spi.DataException;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Routing;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;

/** The writers of a life. A writer is called by one thread at a time, though not always by the same one. */
final class KitWriters implements AutoCloseable {
    private final List<SinkWriter> writers = new ArrayList<>();
    private final Routing routing;
    private final boolean transactional;

    /** Makes the writers, which abort their strays. */
    KitWriters(Sink sink, EngineJob job, String runId, KitState state) {
        this.routing = sink.routing();
        this.transactional = job.sink().connector().descriptor().can(Capability.TRANSACTIONAL);
        int count = routing instanceof Routing.Single ? 1 : job.writers();
        try {
            for (int index = 0; index < count; index++) {
                WriterSlot slot = new WriterSlot(job.sinkId(), runId, index, count, state.epoch());
                writers.add(sink.writer(slot, state.snapshots()));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    int count() {
        return writers.size();
    }

    void begin(EpochId epoch) {
        writers.forEach(writer -> writer.begin(epoch));
    }

    /** Writes what worker {@code worker} has read. */
    void write(int worker, RecordBatch batch) {
        if (routing instanceof Routing.ByKey byKey && writers.size() > 1) {
            int[] columns =
                    byKey.columns().stream().mapToInt(batch.schema()::indexOf).toArray();
            for (int index = 0; index < writers.size(); index++) {
                writeTo(index, ofWriter(batch, columns, index));
            }
        } else {
            writeTo(worker % writers.size(), batch);
        }
    }

    private RecordBatch ofWriter(RecordBatch batch, int[] columns, int writer) {
        RecordBatch keys = batch.project(columns);
        int[] rows = IntStream.range(0, batch.rowCount())
                .filter(row -> Math.floorMod(keys.row(row).hashCode(), writers.size()) == writer)
                .toArray();
        return batch.take(rows, rows.length);
    }

    private void writeTo(int index, RecordBatch batch) {
        SinkWriter writer = writers.get(index);
        synchronized (writer) {
            WriteResult result = batch.isEmpty() ? WriteResult.accepted(0) : writer.write(batch);
            if (!result.rejected().isEmpty()) {
                throw new DataException(
                        "Cannot write row " + batch.row(result.rejected().get(0).index()) + ": "
                                + result.rejected().get(0).reason());
            }
        }
    }

    /** Ends the epoch of all writers, side by side. */
    Sealed seal(KitPool pool) {
        List<Callable<Part>> tasks = new ArrayList<>();
        writers.forEach(writer -> tasks.add(() -> seal(writer)));
        List<Part> parts = pool.all(tasks);
        return new Sealed(
                parts.stream().flatMap(part -> part.handle.stream()).toList(),
                parts.stream().flatMap(part -> part.snapshot.stream()).toList());
    }

    private Part seal(SinkWriter writer) {
        synchronized (writer) {
            if (transactional) {
                return new Part(writer.prepare(), writer.snapshot());
            }
            writer.flush();
            return new Part(Optional.empty(), writer.snapshot());
        }
    }

    @Override
    public void close() {
        Closing.all(writers);
    }

    /**
     * What the writers leave for the state.
     *
     * @param handles of the writers that wrote something
     * @param snapshots of those that have one
     */
    record Sealed(List<Prepared> handles, List<ResumeState> snapshots) {}

    private record Part(Optional<Prepared> handle, Optional<ResumeState> snapshot) {}
}
