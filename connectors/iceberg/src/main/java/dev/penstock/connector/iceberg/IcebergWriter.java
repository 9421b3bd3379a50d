package dev.penstock.connector.iceberg;

import dev.penstock.connector.iceberg.parquet.DataFileWriters;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.OpenEpoch;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the rows of each epoch into data files beside the table's others, where only a commit makes them part of it.
 */
final class IcebergWriter implements SinkWriter {
    static final int SNAPSHOT_VERSION = 1;
    private static final Logger LOG = LoggerFactory.getLogger(IcebergWriter.class);

    private final TargetTable target;
    private final SinkName sink;
    private final WriterSlot slot;
    private final Task task;

    private final OpenEpoch epoch = new OpenEpoch();
    private @Nullable Work work;

    /**
     * What a writer is to do.
     *
     * @param mode append or upsert
     * @param writers of files
     * @param limits how large and how many files are
     */
    record Task(WriteMode mode, Function<FileIO, DataFileWriters> writers, SinkSettings.Files limits) {}

    IcebergWriter(TargetTable target, WriterSlot slot, Task task) {
        this.target = target;
        this.sink = SinkName.of(slot.sinkId());
        this.slot = slot;
        this.task = task;
    }

    /** What there is of an epoch, from its first row on. */
    private record Work(EpochFiles files, EpochRows rows, long baseSequence) {
        void remove() {
            rows.abort();
            files.remove();
        }
    }

    private Work begun(HandleId id) {
        EpochFiles files = new EpochFiles(id, sink, target, task.writers());
        EpochRows rows = task.mode().kind() == WriteMode.Kind.UPSERT
                ? new UpsertedRows(target, files, task.mode(), limits())
                : new AppendedRows(target, files, limits());
        return new Work(files, rows, target.sequence());
    }

    private OpenFiles.Limits limits() {
        SinkSettings.Files limits = task.limits();
        return new OpenFiles.Limits(
                limits.targetBytes().orElseGet(target::targetFileBytes), limits.maxOpen(), limits.bufferBytes());
    }

    @Override
    public void begin(EpochId id) {
        epoch.begin(id);
    }

    private HandleId handle() {
        EpochId current = epoch.current();
        return new HandleId(current.runId(), current.epoch(), slot.index());
    }

    @Override
    public WriteResult write(RecordBatch batch) {
        HandleId id = handle();
        try {
            return write(id, batch);
        } catch (RuntimeException e) {
            throw IcebergErrors.wrap(
                    "write rows of " + id + " to table " + target.table().name(), e);
        }
    }

    private WriteResult write(HandleId id, RecordBatch batch) {
        if (!target.knows(batch.schema())) {
            // A column was added while rows were under way.
            if (work != null) {
                work.rows.columnsChange();
            }
            target.reload(batch.schema());
        }
        List<RejectedRow> rejected =
                RowCheck.of(batch, target.table().schema(), task.mode()).rejected();
        int[] chosen = chosen(batch.rowCount(), rejected);
        if (chosen.length > 0) {
            if (work == null) {
                work = begun(id);
            }
            work.rows.add(batch, chosen, chosen.length);
        }
        return new WriteResult(chosen.length, rejected);
    }

    private static int[] chosen(int count, List<RejectedRow> rejected) {
        Set<Integer> without = new HashSet<>();
        rejected.forEach(row -> without.add(row.index()));
        int[] chosen = new int[count - without.size()];
        int next = 0;
        for (int row = 0; row < count; row++) {
            if (without.isEmpty() || !without.contains(row)) {
                chosen[next++] = row;
            }
        }
        return chosen;
    }

    @Override
    public Optional<Prepared> prepare() {
        handle();
        Optional<Prepared> prepared = Optional.ofNullable(work).map(this::prepare);
        work = null;
        epoch.end();
        return prepared;
    }

    private Prepared prepare(Work done) {
        HandleId id = done.files.id();
        try {
            List<Segment> segments = done.rows.finish();
            Handle handle = new Handle(target.table().uuid().toString(), done.baseSequence, segments);
            long bytes = segments.stream().mapToLong(Segment::bytes).sum();
            EpochId epochId = new EpochId(id.run(), id.epoch());
            return new Prepared(epochId, slot.index(), handle.toState(), done.rows.count(), bytes);
        } catch (RuntimeException e) {
            throw IcebergErrors.wrap(
                    "prepare " + id + " for table " + target.table().name(), e);
        }
    }

    /** Which table this is, so that a later incarnation notices if another one has taken its place. */
    @Override
    public Optional<ResumeState> snapshot() {
        return target.knownId().map(id -> new ResumeState(SNAPSHOT_VERSION, id.getBytes(StandardCharsets.UTF_8)));
    }

    /** Removes the files of an epoch that is not prepared, or leaves them to the next incarnation if that fails. */
    @Override
    public void close() {
        epoch.close();
        Work open = work;
        work = null;
        if (open != null) {
            try {
                open.remove();
            } catch (RuntimeException e) {
                LOG.warn(
                        "Files of {} are left over until the pipeline starts again: {}", open.files.id(), e.toString());
            }
        }
    }
}
