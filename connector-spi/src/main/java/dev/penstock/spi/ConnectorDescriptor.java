package dev.penstock.spi;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.config.ConfigSpec;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a connector says of itself.
 *
 * @param name how pipelines call it: lower case letters, digits and hyphens
 * @param version its own version, semantic
 * @param summary one sentence for people, without a full stop
 * @param specs the settings of each role it offers
 * @param capabilities what it promises
 */
public record ConnectorDescriptor(
        String name, String version, String summary, Map<Role, ConfigSpec> specs, Set<Capability> capabilities) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    public ConnectorDescriptor {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("Cannot name a connector '" + name + "': use lower case and hyphens");
        }
        requireNonNull(version, "version");
        requireNonNull(summary, "summary");
        if (specs.isEmpty()) {
            throw new IllegalArgumentException("Cannot describe connector '" + name + "' without a role");
        }
        specs = Map.copyOf(new EnumMap<>(specs));
        capabilities = Set.copyOf(capabilities);
    }

    /** The settings of {@code role}, if the connector offers it. */
    public Optional<ConfigSpec> spec(Role role) {
        return Optional.ofNullable(specs.get(role));
    }

    /** Whether {@code capability} is promised. */
    public boolean can(Capability capability) {
        return capabilities.contains(capability);
    }
}
