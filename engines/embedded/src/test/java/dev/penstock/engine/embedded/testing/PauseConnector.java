package dev.penstock.engine.embedded.testing;

import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.Transform;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Passes rows on after a while, so that there is something to interrupt. */
public final class PauseConnector implements Connector {
    private static final ConfigKey<Duration> FOR = ConfigKey.duration("for", "How long each batch is held up");

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "pause", "1.0.0", "A pause for tests", Map.of(Role.TRANSFORM, ConfigSpec.single(FOR)), Set.of());
    }

    @Override
    public Transform transform(Config config) {
        return new Pausing(config.get(FOR));
    }

    private record Pausing(Duration length) implements Transform {
        @Override
        public Schema output(Schema input) {
            return input;
        }

        @Override
        public void open(ConnectorContext context) {}

        @Override
        public TransformResult apply(RecordBatch input) {
            Waiting.pause(length.toMillis());
            return TransformResult.of(input);
        }

        @Override
        public void close() {}
    }
}
