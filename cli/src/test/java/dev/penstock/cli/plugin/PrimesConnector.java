package dev.penstock.cli.plugin;

import dev.penstock.spi.Capability;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.Source;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.util.Map;
import java.util.Set;

/** The connector of the guide. */
public final class PrimesConnector implements Connector {
    static final ConfigKey<Integer> LIMIT = ConfigKey.integer("limit", "The number up to which primes are given")
            .defaultValue(1000)
            .min(2);

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "primes",
                "1.0.0",
                "Prime numbers, in order",
                Map.of(Role.SOURCE, ConfigSpec.of(LIMIT)),
                Set.of(Capability.BOUNDED, Capability.REPLAYABLE));
    }

    @Override
    public Source source(Config config) {
        return new PrimesSource(config.get(LIMIT));
    }
}
