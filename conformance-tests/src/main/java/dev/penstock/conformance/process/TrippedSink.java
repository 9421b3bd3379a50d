package dev.penstock.conformance.process;

import dev.penstock.conformance.forwarding.ForwardingCommitter;
import dev.penstock.conformance.forwarding.ForwardingSink;
import dev.penstock.conformance.forwarding.ForwardingWriter;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.RecordBatch;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A sink whose writers and committer trip over a wire. */
final class TrippedSink extends ForwardingSink {
    private final Tripwire wire;

    TrippedSink(Sink sink, Tripwire wire) {
        super(sink);
        this.wire = wire;
    }

    @Override
    public void open(ConnectorContext context) {
        wire.markers().print(Markers.GENERATION, String.valueOf(context.generation()));
        sink.open(context);
    }

    @Override
    public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
        wire.pass(CrashPoint.DURING_CLAIM);
        SinkWriter writer = sink.writer(slot, restored);
        wire.pass(CrashPoint.DURING_CLAIM);
        return new TrippedWriter(writer, wire);
    }

    @Override
    public SinkCommitter committer(String sinkId, String runId) {
        return new TrippedCommitter(sink.committer(sinkId, runId), wire);
    }

    private static final class TrippedWriter extends ForwardingWriter {
        private final Tripwire wire;
        private long written;

        private TrippedWriter(SinkWriter writer, Tripwire wire) {
            super(writer);
            this.wire = wire;
        }

        @Override
        public void begin(EpochId epoch) {
            written = 0;
            writer.begin(epoch);
        }

        @Override
        public WriteResult write(RecordBatch batch) {
            WriteResult result = writer.write(batch);
            written += result.accepted();
            wire.pass(CrashPoint.AFTER_WRITE);
            return result;
        }

        @Override
        public void flush() {
            writer.flush();
            if (written > 0) {
                wire.flushed(written);
            }
            written = 0;
        }

        @Override
        public Optional<Prepared> prepare() {
            if (written > 0) {
                wire.pass(CrashPoint.AFTER_FLUSH);
            }
            Optional<Prepared> prepared = writer.prepare();
            if (prepared.isPresent()) {
                wire.pass(CrashPoint.AFTER_PREPARE);
            }
            return prepared;
        }
    }

    private static final class TrippedCommitter extends ForwardingCommitter {
        private final Tripwire wire;

        TrippedCommitter(SinkCommitter committer, Tripwire wire) {
            super(committer);
            this.wire = wire;
        }

        @Override
        public void claim() {
            committer.claim();
            wire.pass(CrashPoint.DURING_CLAIM);
        }

        @Override
        public Map<Prepared, Outcome> commit(EpochId epoch, List<Prepared> handles) {
            wire.committing(handles);
            Map<Prepared, Outcome> outcomes = committer.commit(epoch, handles);
            long rows = 0;
            for (Map.Entry<Prepared, Outcome> entry : outcomes.entrySet()) {
                boolean safe = entry.getValue() == Outcome.COMMITTED || entry.getValue() == Outcome.ALREADY_COMMITTED;
                rows += safe ? entry.getKey().rows() : 0;
            }
            wire.committed(rows);
            return outcomes;
        }
    }
}
