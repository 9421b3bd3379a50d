package dev.penstock.conformance.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.conformance.reference.TableClient.Staging;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.RecordBatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes to one transaction an epoch. It is begun with the first row, so that an epoch without rows leaves nothing
 * behind, and lives on the server, so that whatever happens to this process it can be committed, or found and aborted.
 */
class MemorySinkWriter implements SinkWriter {
    /** The version of the handles. */
    static final int HANDLE_VERSION = 1;

    private final TableClient client;
    private final WriterSlot slot;
    private final long generation;
    private final List<String> deleteBy;
    private @Nullable Staging staging;
    private boolean closed;
    private long rows;
    private long bytes;

    MemorySinkWriter(TableClient client, WriterSlot slot, long generation, List<String> deleteBy) {
        this.client = client;
        this.slot = slot;
        this.generation = generation;
        this.deleteBy = List.copyOf(deleteBy);
    }

    /**
     * Throws away what this writer, or one of an earlier incarnation whose work it takes over, left behind. Whatever
     * belongs to the restored epoch or one before is durable, and to be committed; whatever has another name is
     * somebody else's.
     */
    void abortStrays() {
        for (TransactionName name : client.transactions().keySet()) {
            if (name.sinkId().equals(slot.sinkId())
                    && slot.ownsStray(name.writer(), name.epoch().epoch())) {
                client.abort(name);
            }
        }
    }

    @Override
    public void begin(EpochId epoch) {
        if (closed || staging != null) {
            throw new IllegalStateException("Cannot begin epoch " + epoch + ": "
                    + (closed ? "the writer is closed" : "the one before goes on"));
        }
        staging = new Staging(generation, new TransactionName(slot.sinkId(), epoch, slot.index()), deleteBy);
        rows = 0;
        bytes = 0;
    }

    private Staging staging() {
        if (closed || staging == null) {
            throw new IllegalStateException(
                    "Cannot write: " + (closed ? "the writer is closed" : "no epoch has begun"));
        }
        return staging;
    }

    /** A write that fails has not happened: the next one takes the place of its rows. */
    @Override
    public WriteResult write(RecordBatch batch) {
        List<RejectedRow> rejected = client.stage(staging(), rows, TableRows.of(batch));
        int accepted = batch.rowCount() - rejected.size();
        rows += accepted;
        bytes += batch.sizeInBytes();
        return new WriteResult(accepted, rejected);
    }

    /** Commits without a mark: only used where nobody asks for more than at least once. */
    @Override
    public void flush() {
        Staging sealed = staging();
        if (rows > 0) {
            client.prepare(sealed, rows);
            client.commit(generation, List.of(sealed.name()), Map.of());
        }
        staging = null;
    }

    @Override
    public Optional<Prepared> prepare() {
        Staging sealed = staging();
        if (rows > 0) {
            client.prepare(sealed, rows);
        }
        staging = null;
        ResumeState handle =
                new ResumeState(HANDLE_VERSION, sealed.name().toString().getBytes(UTF_8));
        return rows == 0
                ? Optional.empty()
                : Optional.of(new Prepared(sealed.name().epoch(), slot.index(), handle, rows, bytes));
    }

    /** Ends a call that waits for the server. */
    @Override
    public void wakeup() {
        client.interrupt();
    }

    @Override
    public void close() {
        closed = true;
        client.close();
    }
}
