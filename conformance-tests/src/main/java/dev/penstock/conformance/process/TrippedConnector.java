package dev.penstock.conformance.process;

import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Sink;
import dev.penstock.spi.Source;
import dev.penstock.spi.config.Config;

/** A connector that trips over a wire, and else does what the one behind it does. */
record TrippedConnector(Connector connector, Tripwire wire) implements Connector {
    @Override
    public ConnectorDescriptor descriptor() {
        return connector.descriptor();
    }

    @Override
    public Source source(Config config) {
        return new TrippedSource(connector.source(config), wire);
    }

    @Override
    public Sink sink(Config config) {
        return new TrippedSink(connector.sink(config), wire);
    }
}
