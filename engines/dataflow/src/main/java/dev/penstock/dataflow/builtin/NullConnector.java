package dev.penstock.dataflow.builtin;

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
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A sink that forgets every row: for measuring everything before it. */
public final class NullConnector implements Connector {
    private static final ConnectorDescriptor DESCRIPTOR = new ConnectorDescriptor(
            "null",
            "0.1.0",
            "Takes every row and forgets it",
            Map.of(Role.SINK, ConfigSpec.of()),
            Set.of(Capability.AT_LEAST_ONCE));

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Sink sink(Config config) {
        return new NullSink();
    }

    private static final class NullSink implements Sink {
        @Override
        public void open(ConnectorContext context) {}

        @Override
        public SinkPlan plan(Schema input, WriteMode mode) {
            return new SinkPlan.Accept();
        }

        @Override
        public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
            return new NullWriter();
        }

        @Override
        public void close() {}
    }

    private static final class NullWriter implements SinkWriter {
        @Override
        public void begin(EpochId epoch) {}

        @Override
        public WriteResult write(RecordBatch batch) {
            return WriteResult.accepted(batch.rowCount());
        }

        @Override
        public void close() {}
    }
}
