package dev.penstock.conformance.mutants;

import dev.penstock.conformance.reference.MemoryConnector;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.Source;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import java.util.List;

/** The reference connector, of which a mutant overrides what it does wrong. */
abstract class ReferenceMutant implements Connector {
    private final Connector reference = new MemoryConnector();

    @Override
    public ConnectorDescriptor descriptor() {
        return reference.descriptor();
    }

    @Override
    public Source source(Config config) {
        return reference.source(config);
    }

    @Override
    public Sink sink(Config config) {
        return reference.sink(config);
    }

    @Override
    public List<Problem> check(Role role, Config config, ConnectorContext context) {
        return reference.check(role, config, context);
    }
}
