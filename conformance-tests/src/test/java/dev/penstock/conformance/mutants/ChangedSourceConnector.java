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

/** The reference connector with something done to its source. */
public abstract class ChangedSourceConnector implements Connector {
    final Connector reference = new MemoryConnector();

    @Override
    public ConnectorDescriptor descriptor() {
        return reference.descriptor();
    }

    @Override
    public Source source(Config config) {
        return change(reference.source(config), config);
    }

    @Override
    public Sink sink(Config config) {
        return reference.sink(config);
    }

    @Override
    public List<Problem> check(Role role, Config config, ConnectorContext context) {
        return reference.check(role, config, context);
    }

    abstract Source change(Source source, Config config);
}
