package dev.penstock.conformance.mutants;

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
import java.nio.file.Path;
import java.util.List;

/** A sink that does as another does, except for what is overridden. */
class ChangedSink implements Sink {
    final Sink sink;
    Path directory = Path.of("");

    ChangedSink(Sink sink) {
        this.sink = sink;
    }

    @Override
    public void open(ConnectorContext context) {
        directory = context.baseDirectory();
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
