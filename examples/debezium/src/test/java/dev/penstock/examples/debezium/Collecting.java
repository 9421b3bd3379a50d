package dev.penstock.examples.debezium;

import dev.penstock.spi.Capability;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A sink that keeps batches as they come. */
final class Collecting implements Connector {
    private static final Duration LONGEST = Duration.ofSeconds(60);

    private final List<RecordBatch> batches = new ArrayList<>();
    private final boolean takesUnchanged;
    private boolean ended;

    Collecting(boolean takesUnchanged) {
        this.takesUnchanged = takesUnchanged;
    }

    @Override
    public ConnectorDescriptor descriptor() {
        Set<Capability> capabilities = EnumSet.of(Capability.AT_LEAST_ONCE, Capability.UPSERT);
        if (takesUnchanged) {
            capabilities.add(Capability.PARTIAL_UPDATES);
        }
        return new ConnectorDescriptor(
                "collecting", "1", "Keeps batches", Map.of(Role.SINK, ConfigSpec.of()), capabilities);
    }

    /** Waits until the rows so far are {@code enough}, or no more come; gives them, if there are any. */
    synchronized Optional<RecordBatch> await(Predicate<RecordBatch> enough) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        while (!ended && (batches.isEmpty() || !enough.test(RecordBatch.concat(batches)))) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                throw new AssertionError("Not enough after " + LONGEST + ": "
                        + (batches.isEmpty()
                                ? "nothing"
                                : RecordBatch.concat(batches).toRows()));
            }
            wait(left);
        }
        return batches.isEmpty() ? Optional.empty() : Optional.of(RecordBatch.concat(batches));
    }

    /** No more rows come. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    private synchronized void add(RecordBatch batch) {
        batches.add(batch);
        notifyAll();
    }

    @Override
    public Sink sink(Config config) {
        return new CollectingSink();
    }

    private final class CollectingSink implements Sink {
        @Override
        public void open(ConnectorContext context) {}

        @Override
        public SinkPlan plan(Schema input, WriteMode mode) {
            return new SinkPlan.Accept();
        }

        @Override
        public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
            return new CollectingWriter();
        }

        @Override
        public void close() {}
    }

    private final class CollectingWriter implements SinkWriter {
        @Override
        public void begin(EpochId epoch) {}

        @Override
        public WriteResult write(RecordBatch batch) {
            add(batch);
            return WriteResult.accepted(batch.rowCount());
        }

        @Override
        public void close() {}
    }
}
