package dev.penstock.connector.iceberg;

import dev.penstock.connector.iceberg.parquet.DataFileWriter;
import dev.penstock.connector.iceberg.parquet.DataFileWriters;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.RecordBatch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Table;
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
    private final Function<FileIO, DataFileWriters> writers;
    private final SinkSettings.Files limits;

    private Optional<EpochId> epoch = Optional.empty();
    private @Nullable Work work;
    private boolean closed;

    IcebergWriter(
            TargetTable target, WriterSlot slot, Function<FileIO, DataFileWriters> writers, SinkSettings.Files limits) {
        this.target = target;
        this.sink = SinkName.of(slot.sinkId());
        this.slot = slot;
        this.writers = writers;
        this.limits = limits;
    }

    /** The files of an epoch, from its first row on. */
    private static final class Work {
        private final HandleId id;
        private final Intents intents;
        private final long baseSequence;
        private final OpenFiles files;
        private final FileIO io;
        private final List<String> locations = new ArrayList<>();

        Work(HandleId id, IcebergWriter writer) {
            this.id = id;
            this.intents = new Intents(writer.target.table(), writer.sink);
            this.baseSequence = writer.target.sequence();
            this.io = writer.target.table().io();
            this.files = new OpenFiles(partition -> open(writer, partition), writer.limits());
            intents.begin(id);
        }

        private DataFileWriter open(IcebergWriter writer, Optional<PartitionKey> partition) {
            Table table = writer.target.table();
            String name = intents.filePrefix(id) + String.format(Locale.ROOT, "%05d.parquet", locations.size());
            String location = partition
                    .map(key -> table.locationProvider().newDataLocation(table.spec(), key, name))
                    .orElseGet(() -> table.locationProvider().newDataLocation(name));
            locations.add(location);
            return writer.writers.apply(io).open(io.newOutputFile(location), writer.target.target(partition));
        }

        void remove() {
            files.abort();
            locations.forEach(io::deleteFile);
            intents.end(id);
        }
    }

    private OpenFiles.Limits limits() {
        return new OpenFiles.Limits(
                limits.targetBytes().orElseGet(target::targetFileBytes), limits.maxOpen(), limits.bufferBytes());
    }

    @Override
    public void begin(EpochId id) {
        if (closed) {
            throw new IllegalStateException("Cannot begin epoch " + id + ": the writer is closed");
        }
        if (epoch.isPresent()) {
            throw new IllegalStateException("Cannot begin epoch " + id + ": " + epoch.get() + " is not prepared yet");
        }
        epoch = Optional.of(id);
    }

    private HandleId handle() {
        EpochId current = epoch.orElseThrow(
                () -> new IllegalStateException("Cannot write: no epoch was begun; call begin first"));
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
                work.files.endAll();
            }
            target.reload(batch.schema());
        }
        List<RejectedRow> rejected = RowCheck.rejected(batch, target.table().schema());
        int[] chosen = chosen(batch.rowCount(), rejected);
        if (chosen.length > 0) {
            if (work == null) {
                work = new Work(id, this);
            }
            work.files.write(batch, chosen, chosen.length, target.layout());
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
        epoch = Optional.empty();
        return prepared;
    }

    private Prepared prepare(Work done) {
        try {
            List<ContentFile<?>> files = done.files.finish();
            Table table = target.table();
            Handle handle = Handle.of(table.uuid().toString(), done.baseSequence, files, table.specs());
            long bytes = files.stream().mapToLong(ContentFile::fileSizeInBytes).sum();
            EpochId epochId = new EpochId(done.id.run(), done.id.epoch());
            return new Prepared(epochId, slot.index(), handle.toState(), done.files.rows(), bytes);
        } catch (RuntimeException e) {
            throw IcebergErrors.wrap(
                    "prepare " + done.id + " for table " + target.table().name(), e);
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
        closed = true;
        epoch = Optional.empty();
        Work open = work;
        work = null;
        if (open != null) {
            try {
                open.remove();
            } catch (RuntimeException e) {
                LOG.warn("Files of {} are left over until the pipeline starts again: {}", open.id, e.toString());
            }
        }
    }
}
