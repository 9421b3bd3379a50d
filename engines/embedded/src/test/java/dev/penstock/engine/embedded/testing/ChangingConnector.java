package dev.penstock.engine.embedded.testing;

import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.Transform;
import dev.penstock.spi.TransformResult;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.Map;
import java.util.Set;

/** Leaves the last column out from the third batch on, as if the columns of the outside had changed. */
public final class ChangingConnector implements Connector {
    @Override
    public ConnectorDescriptor descriptor() {
        return new ConnectorDescriptor(
                "changing", "1.0.0", "Changes for tests", Map.of(Role.TRANSFORM, ConfigSpec.of()), Set.of());
    }

    @Override
    public Transform transform(Config config) {
        return new Changing();
    }

    private static final class Changing implements Transform {
        private int batches;

        @Override
        public Schema output(Schema input) {
            return input;
        }

        @Override
        public void open(ConnectorContext context) {}

        @Override
        public TransformResult apply(RecordBatch input) {
            batches++;
            return TransformResult.of(batches < 3 ? input : input.project(0));
        }

        @Override
        public void close() {}
    }
}
