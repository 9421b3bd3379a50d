package dev.penstock.flow.testing;

import dev.penstock.dataflow.flow.ItemSource;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A test sink as an engine opens it, once a life. */
final class LedgerSink<T> implements Sink {
    private final TestSink<T> target;
    private final Ledger<T> ledger;
    private long generation;

    LedgerSink(TestSink<T> target, Ledger<T> ledger) {
        this.target = target;
        this.ledger = ledger;
    }

    @Override
    public void open(ConnectorContext context) {
        generation = context.generation();
    }

    @Override
    public SinkPlan plan(Schema input, WriteMode mode) {
        return input.equals(ItemSource.COLUMNS)
                ? new SinkPlan.Accept()
                : new SinkPlan.Reject(List.of(Problem.error(
                        "", Problem.Code.INCOMPATIBLE, "takes items of a stream, not " + input, "give it a stream")));
    }

    @Override
    public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
        ledger.abortStrays(slot);
        return new LedgerWriter<>(target, ledger, slot);
    }

    @Override
    public SinkCommitter committer(String sinkId, String runId) {
        return new Committer(sinkId);
    }

    @Override
    public void close() {
        // nothing is held
    }

    private final class Committer implements SinkCommitter {
        private final String sinkId;

        Committer(String sinkId) {
            this.sinkId = sinkId;
        }

        @Override
        public void claim() {
            ledger.claim(sinkId, generation);
        }

        @Override
        public Map<Prepared, Outcome> commit(EpochId epoch, List<Prepared> handles) {
            Map<Prepared, Outcome> outcomes = new LinkedHashMap<>();
            for (Prepared handle : handles) {
                target.faults().step("the commit of a sink");
                Ledger.Transaction transaction = new Ledger.Transaction(sinkId, handle.epoch(), handle.writer());
                outcomes.put(handle, ledger.commit(transaction, generation));
            }
            return outcomes;
        }

        @Override
        public void close() {
            // nothing is held
        }
    }
}
