package dev.penstock.dataflow.row;

import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.Transform;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigSpec;
import java.util.Map;
import java.util.Set;

/**
 * A step with memory that pipeline files name like a transform. Its state is the engine's, which is why these come with
 * Penstock.
 */
public interface KeyedConnector extends Connector {
    /**
     * The step; opens nothing.
     *
     * @param id its id in the plan
     * @throws dev.penstock.spi.ConfigException with what is wrong beyond its spec
     */
    KeyedStep<?> step(String id, Config config);

    /** How many inputs it has, which are not merged. */
    default int inputs() {
        return 1;
    }

    /** Never offered: without state by key there is nothing to do. */
    @Override
    default Transform transform(Config config) {
        throw new UnsupportedOperationException(
                "Cannot make a transform of '" + descriptor().name() + "': it keeps state by key; ask for its step");
    }

    /** The descriptor of such a step. */
    static ConnectorDescriptor descriptor(String name, String summary, ConfigSpec spec) {
        return new ConnectorDescriptor(
                name, "0.1.0", summary, Map.of(Role.TRANSFORM, spec), Set.of(Capability.DETERMINISTIC));
    }
}
