package dev.penstock.connector.lancedb;

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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes the rows of each epoch into data files beside the table, where only a commit makes them part of it. */
final class LanceWriter implements SinkWriter {
    static final int SNAPSHOT_VERSION = 1;

    private final Lance lance;
    private final Staging staging;
    private final WriterSlot slot;
    private final WriteMode mode;
    private final SinkSettings.Files limits;
    private final TargetTable table;
    private final RowCheck check;

    private Chunk chunk;
    private List<Segment> segments = new ArrayList<>();
    private final OpenEpoch epoch = new OpenEpoch();

    LanceWriter(Lance lance, Staging staging, WriterSlot slot, WriterTask task) {
        this.lance = lance;
        this.staging = staging;
        this.slot = slot;
        this.mode = task.mode();
        this.limits = task.limits();
        this.table = task.table();
        this.check = new RowCheck(mode);
        this.chunk = new Chunk(mode);
    }

    /** What a writer is to do. */
    record WriterTask(WriteMode mode, SinkSettings.Files limits, TargetTable table) {}

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
        handle();
        List<RejectedRow> rejected = check.rejected(batch);
        if (rejected.size() < batch.rowCount()) {
            chunk.add(batch, rejected);
        }
        if (chunk.bytes() >= limits.bufferBytes()) {
            writeChunk();
        }
        return new WriteResult(batch.rowCount() - rejected.size(), rejected);
    }

    private void writeChunk() {
        if (!chunk.isEmpty()) {
            List<RecordBatch> rows = chunk.rows();
            List<StagedFragment> fragments =
                    rows.isEmpty() ? List.of() : table.write(staging.directory(handle()), rows);
            segments.add(new Segment(fragments, chunk.goneKeys(), chunk.deletes()));
        }
        chunk = new Chunk(mode);
    }

    @Override
    public Optional<Prepared> prepare() {
        HandleId id = handle();
        writeChunk();
        Optional<Prepared> prepared = segments.isEmpty() ? Optional.empty() : Optional.of(seal(id));
        segments = new ArrayList<>();
        epoch.end();
        return prepared;
    }

    private Prepared seal(HandleId id) {
        Handle handle = new Handle(table.id(), table.columns(), mode.key(), mode.deleteBy(), segments);
        ResumeState state = new HandleCodec(staging).write(id, handle);
        staging.seal(id, handle.fragments().findAny().isPresent());
        long rows = handle.fragments().mapToLong(StagedFragment::rows).sum();
        long bytes = handle.fragments().mapToLong(StagedFragment::bytes).sum();
        return new Prepared(new EpochId(id.run(), id.epoch()), slot.index(), state, rows, bytes);
    }

    /** Which table this is, so that a later incarnation notices if another one has taken its place. */
    @Override
    public Optional<ResumeState> snapshot() {
        return table.knownId().map(id -> new ResumeState(SNAPSHOT_VERSION, id.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public void close() {
        try {
            if (epoch.isOpen()) {
                staging.delete(handle());
            }
        } finally {
            epoch.close();
            lance.close();
        }
    }
}
