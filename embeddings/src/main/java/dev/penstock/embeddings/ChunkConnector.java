package dev.penstock.embeddings;

import dev.penstock.spi.Capability;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.Transform;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The transform {@code chunk}: cuts documents into pieces that fit a model. */
public final class ChunkConnector implements Connector {
    /** For the service loader. */
    public ChunkConnector() {}

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "chunk",
                "0.1.0",
                "Cuts documents into pieces of a model's tokens, at headings, blocks and sentences",
                Map.of(Role.TRANSFORM, ChunkSettings.SPEC),
                Set.of(Capability.DETERMINISTIC));
    }

    @Override
    public Transform transform(Config config) {
        return new ChunkTransform(ChunkSettings.of(config));
    }

    /** Whether the model is there; loads nothing of it. */
    @Override
    public List<Problem> check(Role role, Config config, ConnectorContext context) {
        try {
            ChunkSettings.of(config).model().from(context.baseDirectory()).find();
            return List.of();
        } catch (ConfigException e) {
            return e.problems();
        }
    }
}
