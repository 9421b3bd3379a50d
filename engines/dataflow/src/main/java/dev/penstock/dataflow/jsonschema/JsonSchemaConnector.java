package dev.penstock.dataflow.jsonschema;

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

/** The format {@code json-schema}: JSON objects, each behind the id of its schema in a registry. */
public final class JsonSchemaConnector implements Connector {
    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "json-schema",
                "0.1.0",
                "Reads and writes JSON whose schema is in a registry",
                Map.of(Role.DECODER, SchemaSettings.DECODER, Role.ENCODER, SchemaSettings.ENCODER),
                Set.of(Capability.DETERMINISTIC));
    }

    @Override
    public Decoder decoder(Config config) {
        return new JsonSchemaDecoder(config);
    }

    @Override
    public Encoder encoder(Config config) {
        return new JsonSchemaEncoder(config);
    }

    @Override
    public List<Problem> check(Role role, Config config, ConnectorContext context) {
        return RegistrySettings.of(config)
                .map(settings -> new SchemaRegistry(settings).check())
                .orElse(List.of());
    }
}
