package dev.penstock.format.protobuf;

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

/** The format {@code protobuf}. */
public final class ProtobufConnector implements Connector {
    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "protobuf",
                "0.1.0",
                "Reads and writes records in Protocol Buffers, with a schema registry or without",
                Map.of(Role.DECODER, DecoderSettings.SPEC, Role.ENCODER, EncoderSettings.SPEC),
                Set.of(Capability.DETERMINISTIC));
    }

    @Override
    public Decoder decoder(Config config) {
        return new ProtobufDecoder(DecoderSettings.of(config));
    }

    @Override
    public Encoder encoder(Config config) {
        return new ProtobufEncoder(EncoderSettings.of(config));
    }

    @Override
    public List<Problem> check(Role role, Config config, ConnectorContext context) {
        return RegistrySettings.of(config)
                .map(settings -> new SchemaRegistry(settings).check())
                .orElse(List.of());
    }
}
