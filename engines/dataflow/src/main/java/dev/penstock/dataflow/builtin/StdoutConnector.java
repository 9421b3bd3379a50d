package dev.penstock.dataflow.builtin;

import dev.penstock.spi.Capability;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.util.Map;
import java.util.Set;

/** A sink that prints rows as JSON lines, or records as they are: for looking. */
public final class StdoutConnector implements Connector {
    static final ConfigKey<Boolean> OPERATION = ConfigKey.bool(
                    "operation", "Whether each row says first what has happened, as in DELETE {...}")
            .defaultValue(false);

    private static final ConnectorDescriptor DESCRIPTOR = new ConnectorDescriptor(
            "stdout",
            "0.1.0",
            "Prints rows as JSON lines, or records as they are",
            Map.of(Role.SINK, ConfigSpec.of(OPERATION)),
            Set.of(Capability.AT_LEAST_ONCE));

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Sink sink(Config config) {
        return new StdoutSink(System.out, config.get(OPERATION));
    }
}
