package dev.penstock.conformance.reference;

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

/**
 * The transform {@code word-vectors}: adds to each row the sum of a made-up vector for each of its words. Of no use but
 * to keep every rule of transforms, and to be quick.
 */
public final class WordVectorsConnector implements Connector {
    /** For the service loader. */
    public WordVectorsConnector() {}

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "word-vectors",
                "1.0.0",
                "Adds a made-up vector for the words of a text",
                Map.of(Role.TRANSFORM, WordVectorsSettings.SPEC),
                Set.of(Capability.DETERMINISTIC));
    }

    @Override
    public Transform transform(Config config) {
        return new WordVectorsTransform(WordVectorsSettings.of(config));
    }

    @Override
    public List<Problem> check(Role role, Config config, ConnectorContext context) {
        try {
            WordVectorsModel.read(WordVectorsSettings.of(config.in(context.baseDirectory())));
            return List.of();
        } catch (ConfigException e) {
            return e.problems();
        }
    }
}
