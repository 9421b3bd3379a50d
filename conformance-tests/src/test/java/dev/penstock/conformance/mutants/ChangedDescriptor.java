package dev.penstock.conformance.mutants;

import dev.penstock.spi.Capability;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Descriptors that differ in one thing. */
final class ChangedDescriptor {
    private ChangedDescriptor() {}

    /** The same but for one setting, in every role; rules between settings are lost. */
    static ConnectorDescriptor of(ConnectorDescriptor descriptor, String key, UnaryOperator<ConfigKey<?>> change) {
        Map<Role, ConfigSpec> specs = new EnumMap<>(Role.class);
        descriptor.specs().forEach((role, spec) -> specs.put(role, changed(spec, key, change)));
        return with(descriptor, descriptor.name(), specs, descriptor.capabilities());
    }

    private static ConfigSpec changed(ConfigSpec spec, String name, UnaryOperator<ConfigKey<?>> change) {
        return ConfigSpec.of(spec.keys().stream()
                .map(key -> key.name().equals(name) ? change.apply(key) : key)
                .toArray(ConfigKey<?>[]::new));
    }

    /** The same by another name. */
    static ConnectorDescriptor named(ConnectorDescriptor descriptor, String name) {
        return with(descriptor, name, descriptor.specs(), descriptor.capabilities());
    }

    /** The same without a capability. */
    static ConnectorDescriptor without(ConnectorDescriptor descriptor, Capability capability) {
        Set<Capability> fewer = EnumSet.copyOf(descriptor.capabilities());
        fewer.remove(capability);
        return with(descriptor, descriptor.name(), descriptor.specs(), fewer);
    }

    private static ConnectorDescriptor with(
            ConnectorDescriptor descriptor, String name, Map<Role, ConfigSpec> specs, Set<Capability> capabilities) {
        return new ConnectorDescriptor(name, descriptor.version(), descriptor.summary(), specs, capabilities);
    }
}
