package dev.penstock.connector.kafka;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.RecordBatch;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the rows of each epoch in a file of its own, from which they are committed. */
final class SpoolWriter implements SinkWriter {
    private final Spool spool;
    private final WriterSlot slot;
    private final RowAdmission admission;
    private @Nullable EpochId epoch;
    private @Nullable SpoolFile file;
    private boolean closed;

    SpoolWriter(Spool spool, WriterSlot slot, RowAdmission admission) {
        this.spool = spool;
        this.slot = slot;
        this.admission = admission;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("Cannot write: the writer is closed");
        }
    }

    @Override
    public void begin(EpochId newEpoch) {
        requireOpen();
        if (epoch != null) {
            throw new IllegalStateException("Cannot begin epoch " + newEpoch + ": " + epoch + " is not prepared yet");
        }
        epoch = newEpoch;
    }

    private EpochId epoch() {
        requireOpen();
        if (epoch == null) {
            throw new IllegalStateException("Cannot write before an epoch has begun");
        }
        return epoch;
    }

    @Override
    public WriteResult write(RecordBatch batch) {
        EpochId current = epoch();
        try {
            return admission.admit(batch, (rows, row, key) -> open(current).append(rows, row, key));
        } catch (IOException e) {
            throw spool.failure("write to", e);
        }
    }

    private SpoolFile open(EpochId current) throws IOException {
        SpoolFile now = file;
        if (now == null) {
            now = new SpoolFile(spool.file(SpoolHandle.name(slot.index(), current.epoch(), slot.runId())));
            file = now;
        }
        return now;
    }

    @Override
    public Optional<Prepared> prepare() {
        EpochId current = epoch();
        spool.checkOwner();
        SpoolFile open = file;
        epoch = null;
        if (open == null) {
            return Optional.empty();
        }
        try {
            SpoolHandle handle = open.finish();
            spool.force();
            file = null;
            return Optional.of(new Prepared(current, slot.index(), handle.encode(), handle.rows(), handle.bytes()));
        } catch (IOException e) {
            throw spool.failure("write to", e);
        }
    }

    @Override
    public void wakeup() {
        admission.wakeup();
    }

    /** Removes what was not prepared. */
    @Override
    public void close() {
        closed = true;
        SpoolFile open = file;
        file = null;
        if (open != null) {
            try (open) {
                spool.delete(String.valueOf(open.file().getFileName()));
            } catch (IOException e) {
                // Nothing of it counts, and the next incarnation removes it.
            }
        }
    }
}
