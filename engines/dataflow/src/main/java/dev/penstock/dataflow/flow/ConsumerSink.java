package dev.penstock.dataflow.flow;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.List;
import java.util.function.Consumer;

/** Hands items to a function of the program, under a lock that all writers of all sinks of it share. */
final class ConsumerSink<T> implements Sink {
    private final Object lock;
    private final Consumer<? super T> taker;

    ConsumerSink(Object lock, Consumer<? super T> taker) {
        this.lock = lock;
        this.taker = taker;
    }

    @Override
    public void open(ConnectorContext context) {}

    @Override
    public SinkPlan plan(Schema input, WriteMode mode) {
        return input.equals(Items.STREAM)
                ? new SinkPlan.Accept()
                : new SinkPlan.Reject(List.of(Problem.error(
                        "",
                        Problem.Code.INCOMPATIBLE,
                        "takes the items of a stream, not " + input,
                        "give it a stream")));
    }

    @Override
    public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
        return new Writer();
    }

    @Override
    public void close() {}

    private final class Writer implements SinkWriter {
        @Override
        public void begin(EpochId epoch) {}

        @Override
        public WriteResult write(RecordBatch batch) {
            T[] items = Items.of(batch);
            synchronized (lock) {
                for (T item : items) {
                    taker.accept(item);
                }
            }
            return WriteResult.accepted(items.length);
        }

        @Override
        public void close() {}
    }
}
