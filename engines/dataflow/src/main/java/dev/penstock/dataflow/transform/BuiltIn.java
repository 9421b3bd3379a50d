package dev.penstock.dataflow.transform;

import dev.penstock.spi.Capability;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.Transform;
import dev.penstock.spi.config.ConfigSpec;
import java.util.Map;
import java.util.Set;

/**
 * What the steps that come with Penstock have in common: they need nothing from outside and depend on their input
 * alone.
 */
interface BuiltIn extends Transform {
    /** The descriptor of a step. */
    static ConnectorDescriptor descriptor(String name, String summary, ConfigSpec spec) {
        return new ConnectorDescriptor(
                name, "0.1.0", summary, Map.of(Role.TRANSFORM, spec), Set.of(Capability.DETERMINISTIC));
    }

    @Override
    default void open(ConnectorContext context) {}

    @Override
    default void close() {}
}
