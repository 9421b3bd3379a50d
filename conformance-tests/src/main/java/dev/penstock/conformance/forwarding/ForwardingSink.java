package dev.penstock.conformance.forwarding;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Routing;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.Schema;
import java.util.List;

/** A sink that does as another does, except for what is overridden. */
public class ForwardingSink implements Sink {
    /** What calls are passed to. */
    protected final Sink sink;

    /** Passes every call to {@code sink}, and closes it. */
    protected ForwardingSink(Sink sink) {
        this.sink = requireNonNull(sink, "sink");
    }

    @Override
    public void open(ConnectorContext context) {
        sink.open(context);
    }

    @Override
    public void provision() {
        sink.provision();
    }

    @Override
    public void deprovision() {
        sink.deprovision();
    }

    @Override
    public SinkPlan plan(Schema input, WriteMode mode) {
        return sink.plan(input, mode);
    }

    @Override
    public Routing routing() {
        return sink.routing();
    }

    @Override
    public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
        return sink.writer(slot, restored);
    }

    @Override
    public SinkCommitter committer(String sinkId, String runId) {
        return sink.committer(sinkId, runId);
    }

    @Override
    public void close() {
        sink.close();
    }
}
