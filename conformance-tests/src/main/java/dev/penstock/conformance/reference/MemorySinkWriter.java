package dev.penstock.conformance.reference;

import static java.nio.charset.StandardCharsets.UTF_8;

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
    private @Nullable TransactionName transaction;
    private long rows;
    private long bytes;

    private MemorySinkWriter(TableClient client, WriterSlot slot, long generation, List<String> deleteBy) {
        this.client = client;
        this.slot = slot;
        this.generation = generation;
        this.deleteBy = deleteBy;
    }

    /** A writer that has aborted its strays (ST-07); takes the client over. */
    static MemorySinkWriter open(TableClient client, WriterSlot slot, long generation, List<String> deleteBy) {
        try {
            for (TransactionName name : client.transactions().keySet()) {
                if (name.sinkId().equals(slot.sinkId())
                        && slot.ownsStray(name.writer(), name.epoch().epoch())) {
                    client.abort(name);
                }
            }
            return new MemorySinkWriter(client, slot, generation, deleteBy);
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    @Override
    public void begin(EpochId epoch) {
        transaction = new TransactionName(slot.sinkId(), epoch, slot.index());
        rows = 0;
        bytes = 0;
    }

    private TransactionName transaction() {
        if (transaction == null) {
            throw new IllegalStateException("Cannot write before an epoch has begun");
        }
        return transaction;
    }

    @Override
    public WriteResult write(RecordBatch batch) {
        List<RejectedRow> rejected = client.stage(generation, transaction(), TableRows.of(batch), deleteBy);
        int accepted = batch.rowCount() - rejected.size();
        rows += accepted;
        bytes += batch.sizeInBytes();
        return new WriteResult(accepted, rejected);
    }

    /** Commits without a mark: only used where nobody asks for more than at least once. */
    @Override
    public void flush() {
        TransactionName sealed = transaction();
        transaction = null;
        if (rows > 0) {
            client.prepare(generation, sealed);
            client.commit(generation, List.of(sealed), Map.of());
        }
    }

    @Override
    public Optional<Prepared> prepare() {
        TransactionName sealed = transaction();
        transaction = null;
        if (rows == 0) {
            return Optional.empty();
        }
        client.prepare(generation, sealed);
        ResumeState handle = new ResumeState(HANDLE_VERSION, sealed.toString().getBytes(UTF_8));
        return Optional.of(new Prepared(sealed.epoch(), slot.index(), handle, rows, bytes));
    }

    /** Ends a call that waits for the server; the writer is of no use afterwards. */
    @Override
    public void wakeup() {
        client.close();
    }

    @Override
    public void close() {
        client.close();
    }
}
