package dev.penstock.connector.kafka;

import dev.penstock.spi.Capability;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.Source;
import dev.penstock.spi.config.Config;
import java.util.Map;
import java.util.Set;

/** Topics of Kafka and of what speaks its protocol: each partition of a topic is read on its own, in order. */
public final class KafkaConnector implements Connector {
    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "kafka",
                "0.1.0",
                "Topics of Kafka, read and written exactly once",
                Map.of(Role.SOURCE, SourceSettings.SPEC, Role.SINK, SinkSettings.SPEC),
                Set.of(
                        Capability.BOUNDED,
                        Capability.UNBOUNDED,
                        Capability.DISCOVERY,
                        Capability.REPLAYABLE,
                        Capability.AT_LEAST_ONCE,
                        Capability.UPSERT,
                        Capability.TRANSACTIONAL,
                        Capability.ATOMIC_ACROSS_WRITERS,
                        Capability.FENCING));
    }

    @Override
    public Source source(Config config) {
        return new KafkaSource(SourceSettings.of(config));
    }

    @Override
    public Sink sink(Config config) {
        return new KafkaSink(SinkSettings.of(config));
    }
}
