package dev.penstock.connector.lancedb;

import dev.penstock.spi.Capability;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.Search;
import dev.penstock.spi.Sink;
import dev.penstock.spi.Source;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads, writes and searches tables of LanceDB, on a disk or on S3. */
public final class LanceConnector implements Connector {
    private static final ConnectorDescriptor DESCRIPTOR = new ConnectorDescriptor(
            "lancedb",
            "0.1.0",
            "LanceDB tables: vectors and rows, written exactly once, read and searched",
            Map.of(
                    Role.SOURCE, SourceSettings.spec(),
                    Role.SINK, SinkSettings.spec(),
                    Role.SEARCH, SinkSettings.spec()),
            Set.of(
                    Capability.BOUNDED,
                    Capability.REPLAYABLE,
                    Capability.UPSERT,
                    Capability.TRANSACTIONAL,
                    Capability.ATOMIC_ACROSS_WRITERS,
                    Capability.FENCING,
                    Capability.SCHEMA_EVOLUTION));

    /** A connector; opens nothing. */
    public LanceConnector() {}

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Source source(Config config) {
        return new LanceSource(SourceSettings.of(config));
    }

    /** Takes the settings of the sink, most of which mean nothing here. */
    @Override
    public Search search(Config config) {
        return new LanceSearch(TableSettings.of(config));
    }

    @Override
    public Sink sink(Config config) {
        return new LanceSink(SinkSettings.of(config));
    }

    @Override
    public List<Problem> check(Role role, Config config, ConnectorContext context) {
        return new LanceCheck(TableSettings.of(config)).run(role, context);
    }
}
