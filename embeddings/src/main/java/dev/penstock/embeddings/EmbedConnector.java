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

/** The transform {@code embed}: adds to each row the vector that a local model makes of a text. */
public final class EmbedConnector implements Connector {
    /** For the service loader. */
    public EmbedConnector() {}

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "embed",
                "0.1.0",
                "Adds the vector that a local model makes of a text",
                Map.of(Role.TRANSFORM, EmbedSettings.SPEC),
                Set.of(Capability.DETERMINISTIC));
    }

    @Override
    public Transform transform(Config config) {
        return new EmbedTransform(EmbedSettings.of(config));
    }

    /** Whether the model is there and does what the settings ask for; loads nothing of it. */
    @Override
    public List<Problem> check(Role role, Config config, ConnectorContext context) {
        EmbedSettings settings = EmbedSettings.of(config);
        try {
            Model model = settings.model().from(context.baseDirectory()).find();
            return EmbedSchema.problems(settings, model.description());
        } catch (ConfigException e) {
            return e.problems();
        }
    }
}
