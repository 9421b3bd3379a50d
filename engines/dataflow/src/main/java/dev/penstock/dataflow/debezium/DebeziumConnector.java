package dev.penstock.dataflow.debezium;

import dev.penstock.format.registry.RegistrySettings;
import dev.penstock.format.registry.SchemaRegistry;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.format.Decoder;
import dev.penstock.spi.format.Encoder;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The format {@code debezium}: change events in JSON or Avro, read into rows with their operation, and events in JSON,
 * written from them.
 */
public final class DebeziumConnector implements Connector {
    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "debezium",
                "0.1.0",
                "Change events of Debezium in JSON, and in Avro where there is a registry",
                Map.of(Role.DECODER, DecoderSettings.SPEC, Role.ENCODER, EncoderSettings.SPEC),
                Set.of(Capability.DETERMINISTIC));
    }

    @Override
    public Decoder decoder(Config config) {
        return new DebeziumDecoder(config);
    }

    @Override
    public List<Problem> check(Role role, Config config, ConnectorContext context) {
        return role == Role.DECODER
                ? RegistrySettings.of(config)
                        .map(settings -> new SchemaRegistry(settings).check())
                        .orElse(List.of())
                : List.of();
    }

    @Override
    public Encoder encoder(Config config) {
        return new DebeziumEncoder(config);
    }
}
