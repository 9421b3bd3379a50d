package dev.penstock.connector.lancedb;

import dev.penstock.spi.Capability;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.config.Config;
import java.util.Map;
import java.util.Set;

/** Reads, writes and searches tables of LanceDB, on a disk or on S3. */
public final class LanceConnector implements Connector {
    private static final ConnectorDescriptor DESCRIPTOR = new ConnectorDescriptor(
            "lancedb",
            "0.1.0",
            "LanceDB tables: vectors and rows, written exactly once, read and searched",
            Map.of(Role.SINK, SinkSettings.spec()),
            Set.of(
                    Capability.UPSERT,
                    Capability.TRANSACTIONAL,
                    Capability.ATOMIC_ACROSS_WRITERS,
                    Capability.FENCING));

    /** A connector; opens nothing. */
    public LanceConnector() {}

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Sink sink(Config config) {
        return new LanceSink(SinkSettings.of(config));
    }
}
