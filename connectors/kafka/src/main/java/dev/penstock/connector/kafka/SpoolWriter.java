package dev.penstock.connector.kafka;

import dev.penstock.spi.EpochId;
import dev.penstock.spi.OpenEpoch;
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
    private final OpenEpoch epoch = new OpenEpoch();
    private @Nullable SpoolFile file;

    SpoolWriter(Spool spool, WriterSlot slot, RowAdmission admission) {
        this.spool = spool;
        this.slot = slot;
        this.admission = admission;
    }

    @Override
    public void begin(EpochId next) {
        epoch.begin(next);
    }

    @Override
    public WriteResult write(RecordBatch batch) {
        EpochId current = epoch.current();
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
        EpochId current = epoch.current();
        spool.checkOwner();
        SpoolFile open = file;
        epoch.end();
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
        epoch.close();
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
