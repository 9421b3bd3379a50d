package dev.penstock.conformance.numbered;

import dev.penstock.conformance.history.ColumnLayout;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.Source;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.ConfigType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/**
 * What stands at the other end when one role of a connector is tried in a pipeline: a source whose rows follow from a
 * seed, and a sink that writes each row exactly once to files.
 */
public final class NumberedConnector implements Connector {
    static final ConfigKey<Long> SEED =
            of("seed", ConfigType.LONG, "What the rows carry as their run").require();
    static final ConfigKey<Integer> PARTITIONS = of("partitions", ConfigType.INTEGER, "How many partitions there are")
            .defaultValue(1);
    static final ConfigKey<Long> UNTIL = of(
                    "until", ConfigType.LONG, "Rows of each partition before its end; 0 for no end")
            .defaultValue(0L);
    static final ConfigKey<Long> MORE = of(
                    "more", ConfigType.LONG, "Rows of each partition from where it is resumed to its end; 0 for no end")
            .defaultValue(0L);
    static final ConfigKey<Integer> BATCH_ROWS =
            of("batch-rows", ConfigType.INTEGER, "The most rows of a batch").defaultValue(8);
    static final ConfigKey<Duration> PACE =
            of("pace", ConfigType.DURATION, "From one batch to the next").defaultValue(Duration.ZERO);
    static final ConfigKey<Long> BURST = of(
                    "burst", ConfigType.LONG, "Rows of each partition after which they come one by one, slowly")
            .defaultValue(Long.MAX_VALUE);
    static final ConfigKey<String> LAYOUT = of("layout", ConfigType.STRING, "The class of the layout of rows")
            .defaultValue(ColumnLayout.class.getName());
    static final ConfigKey<Path> DIRECTORY =
            of("directory", ConfigType.PATH, "Where rows are kept").require();

    /** Stateless. */
    public NumberedConnector() {}

    private static <T> ConfigKey<T> of(String name, ConfigType<T> type, String doc) {
        return ConfigKey.of(name, type, doc);
    }

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "numbered",
                "0.1.0",
                "Makes numbered rows, and keeps them",
                Map.of(
                        Role.SOURCE,
                        ConfigSpec.of(SEED, PARTITIONS, UNTIL, MORE, BATCH_ROWS, PACE, BURST, LAYOUT),
                        Role.SINK,
                        ConfigSpec.of(DIRECTORY, LAYOUT)),
                Set.of(
                        Capability.BOUNDED,
                        Capability.UNBOUNDED,
                        Capability.REPLAYABLE,
                        Capability.TRANSACTIONAL,
                        Capability.AT_LEAST_ONCE));
    }

    @Override
    public Source source(Config config) {
        return new NumberedSource(config);
    }

    @Override
    public Sink sink(Config config) {
        return new LedgerSink(config);
    }
}
