package dev.penstock.flow.testing;

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
import java.util.Map;
import java.util.Set;

/** Passes rows on and prints a line for each batch of them, so that another process knows how far this one is. */
public final class TellConnector implements Connector {
    private static final ConfigKey<String> WHAT = ConfigKey.string("what", "The line that is printed for each batch");

    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "tell", "1.0.0", "A line a batch", Map.of(Role.TRANSFORM, ConfigSpec.single(WHAT)), Set.of());
    }

    @Override
    public Transform transform(Config config) {
        return new Telling(config.get(WHAT));
    }

    private record Telling(String line) implements Transform {
        @Override
        public Schema output(Schema input) {
            return input;
        }

        @Override
        public void open(ConnectorContext context) {}

        @Override
        public TransformResult apply(RecordBatch input) {
            System.out.println(line);
            return TransformResult.of(input);
        }

        @Override
        public void close() {}
    }
}
