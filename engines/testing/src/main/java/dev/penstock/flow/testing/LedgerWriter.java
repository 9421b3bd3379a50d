package dev.penstock.flow.testing;

import dev.penstock.dataflow.flow.ItemSink;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes to a ledger: at once, or epoch by epoch. */
final class LedgerWriter<T> implements SinkWriter {
    private final TestSink<T> target;
    private final Ledger<T> ledger;
    private final WriterSlot slot;
    private final List<T> written = new ArrayList<>();
    private EpochId epoch = new EpochId("none", 0);

    LedgerWriter(TestSink<T> target, Ledger<T> ledger, WriterSlot slot) {
        this.target = target;
        this.ledger = ledger;
        this.slot = slot;
    }

    @Override
    public void begin(EpochId next) {
        epoch = next;
    }

    @Override
    @SuppressWarnings("unchecked") // only streams of T end in the sink
    public WriteResult write(RecordBatch batch) {
        target.faults().step("the write of a sink");
        target.beforeWrite().run();
        List<T> items = (List<T>) ItemSink.items(batch);
        if (target.isTransactional()) {
            written.addAll(items);
        } else {
            ledger.show(items);
        }
        return WriteResult.accepted(batch.rowCount());
    }

    @Override
    public Optional<Prepared> prepare() {
        target.faults().step("the prepare of a sink");
        if (written.isEmpty()) {
            return Optional.empty();
        }
        ledger.prepare(new Ledger.Transaction(slot.sinkId(), epoch, slot.index()), written);
        ResumeState handle = new ResumeState(1, new byte[0]);
        Optional<Prepared> prepared = Optional.of(new Prepared(epoch, slot.index(), handle, written.size(), 0));
        written.clear();
        return prepared;
    }

    @Override
    public void close() {
        // what was not prepared goes
    }
}
