package dev.penstock.dataflow.builtin;

import dev.penstock.spi.Capability;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.Source;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.ConfigType;
import java.util.Map;
import java.util.Set;

/** A source of made-up rows, the same ones on every run: for trying things out, tests and benchmarks. */
public final class GenerateConnector implements Connector {
    static final ConfigKey<Long> ROWS = ConfigKey.of("rows", ConfigType.LONG, "How many rows; without end if not given")
            .min(0)
            .example("1000");
    static final ConfigKey<Long> RATE = ConfigKey.of(
                    "rate",
                    ConfigType.LONG,
                    "The most rows a second, over all partitions; as fast as it goes if not given")
            .min(1)
            .example("500");
    static final ConfigKey<Long> SEED = ConfigKey.of(
                    "seed", ConfigType.LONG, "Another number gives other values; the same number the same ones")
            .defaultValue(0);
    static final ConfigKey<Integer> PARTITIONS = ConfigKey.integer("partitions", "How many parts are read side by side")
            .defaultValue(1)
            .min(1)
            .max(1024);
    static final ConfigKey<Map<String, String>> COLUMNS = ConfigKey.stringMap(
                    "columns",
                    "The columns, each sequence (the number of the row), int64, float64 (0 to 1), boolean, string or"
                            + " timestamp; { id: sequence, value: float64 } if not given")
            .example("{ id: sequence, name: string }");

    private static final ConnectorDescriptor DESCRIPTOR = new ConnectorDescriptor(
            "generate",
            "0.1.0",
            "Makes up rows, the same ones on every run",
            Map.of(Role.SOURCE, ConfigSpec.of(ROWS, RATE, SEED, PARTITIONS, COLUMNS)),
            Set.of(Capability.BOUNDED, Capability.UNBOUNDED, Capability.REPLAYABLE));

    @Override
    public ConnectorDescriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Source source(Config config) {
        return new GenerateSource(GenerateSettings.of(config));
    }
}
