package dev.penstock.dataflow;

import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.function.Supplier;

/** The connectors that pipelines may name. Immutable; safe for use from any thread. */
public final class ConnectorCatalog {
    private final Map<String, Supplier<Connector>> connectors;

    private ConnectorCatalog(Map<String, Supplier<Connector>> connectors) {
        this.connectors = connectors;
    }

    /**
     * A catalog of {@code connectors}.
     *
     * @throws IllegalStateException if two have one name
     */
    public static ConnectorCatalog of(Iterable<? extends Connector> connectors) {
        Map<String, Supplier<Connector>> named = new TreeMap<>();
        for (Connector connector : connectors) {
            String name = connector.descriptor().name();
            Supplier<Connector> other = named.put(name, () -> connector);
            if (other != null) {
                throw ambiguous(name, other.get(), connector);
            }
        }
        return new ConnectorCatalog(named);
    }

    private static IllegalStateException ambiguous(String name, Connector one, Connector other) {
        return new IllegalStateException("Cannot tell two connectors named '" + name + "' apart: " + place(one)
                + " and " + place(other) + "; remove one of them");
    }

    /**
     * The connectors that {@code loader} sees, those of Penstock itself among them.
     *
     * @throws IllegalStateException if one cannot be loaded, or two have one name
     */
    public static ConnectorCatalog load(ClassLoader loader) {
        List<Connector> found = new ArrayList<>();
        try {
            Iterator<Connector> services =
                    ServiceLoader.load(Connector.class, loader).iterator();
            services.forEachRemaining(found::add);
        } catch (ServiceConfigurationError e) {
            throw new IllegalStateException("Cannot load a connector: " + e.getMessage() + "; remove its jar", e);
        }
        return of(found);
    }

    /**
     * This catalog and {@code installed} connectors, by name; each of these is made when somebody asks for it, and may
     * be made again.
     *
     * @throws IllegalStateException if two have one name
     */
    public ConnectorCatalog with(Map<String, Supplier<Connector>> installed) {
        Map<String, Supplier<Connector>> named = new TreeMap<>(connectors);
        installed.forEach((name, connector) -> {
            Supplier<Connector> other = named.put(name, connector);
            if (other != null) {
                throw ambiguous(name, other.get(), connector.get());
            }
        });
        return new ConnectorCatalog(named);
    }

    private static String place(Connector connector) {
        return connector.getClass().getName();
    }

    /** The connector named {@code name}, if there is one. */
    public Optional<Connector> find(String name) {
        return Optional.ofNullable(connectors.get(name)).map(Supplier::get);
    }

    /** All connectors, by name. */
    public List<Connector> all() {
        return connectors.values().stream().map(Supplier::get).toList();
    }

    /** The names of all connectors, in order; makes none. */
    public List<String> names() {
        return List.copyOf(connectors.keySet());
    }

    /** The names of those that offer {@code role}. */
    List<String> names(Role role) {
        return all().stream()
                .map(Connector::descriptor)
                .filter(descriptor -> descriptor.spec(role).isPresent())
                .map(descriptor -> descriptor.name())
                .toList();
    }
}
