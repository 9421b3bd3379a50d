package dev.penstock.engine.embedded.runtime;

import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;

/** Writes rows with the lane's own writer. */
final class SinkStage implements Stage {
    private final SinkStep sink;
    private final SinkWriter writer;
    private final StepCounters counters;
    private final Rejections rejections;
    private Schema planned;

    SinkStage(SinkStep sink, SinkWriter writer, Schema planned, StepCounters counters, Rejections rejections) {
        this.sink = sink;
        this.writer = writer;
        this.planned = planned;
        this.counters = counters;
        this.rejections = rejections;
    }

    @Override
    public void accept(RecordBatch batch) {
        Schema schema = batch.schema();
        if (!schema.equals(planned)) {
            sink.replan(schema);
        }
        planned = schema;
        counters.in(batch);
        WriteResult result = writer.write(batch);
        if (result.rejected().isEmpty()) {
            counters.out(batch);
            return;
        }
        counters.rowsOut.add(result.accepted());
        rejections.rejected(sink.node().id(), batch, result.rejected());
    }
}
