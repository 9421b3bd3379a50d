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

/** The connectors that pipelines may name. Immutable; safe for use from any thread. */
public final class ConnectorCatalog {
    private final Map<String, Connector> connectors;

    private ConnectorCatalog(Map<String, Connector> connectors) {
        this.connectors = connectors;
    }

    /**
     * A catalog of {@code connectors}.
     *
     * @throws IllegalStateException if two have one name
     */
    public static ConnectorCatalog of(Iterable<? extends Connector> connectors) {
        Map<String, Connector> named = new TreeMap<>();
        for (Connector connector : connectors) {
            String name = connector.descriptor().name();
            Connector other = named.put(name, connector);
            if (other != null) {
                throw new IllegalStateException("Cannot tell two connectors named '" + name + "' apart: "
                        + place(other) + " and " + place(connector) + "; remove one of them");
            }
        }
        return new ConnectorCatalog(named);
    }

    /**
     * The connectors that {@code loader} sees, those of Penstock itself among them.
     *
     * @throws IllegalStateException if one cannot be loaded, or two have one name
     */
    public static ConnectorCatalog load(ClassLoader loader) {
        List<Connector> found = new ArrayList<>();
        try {
            Iterator<Connector> services = ServiceLoader.load(Connector.class, loader).iterator();
            services.forEachRemaining(found::add);
        } catch (ServiceConfigurationError e) {
            throw new IllegalStateException("Cannot load a connector: " + e.getMessage() + "; remove its jar", e);
        }
        return of(found);
    }

    private static String place(Connector connector) {
        return connector.getClass().getName();
    }

    /** The connector named {@code name}, if there is one. */
    public Optional<Connector> find(String name) {
        return Optional.ofNullable(connectors.get(name));
    }

    /** All connectors, by name. */
    public List<Connector> all() {
        return List.copyOf(connectors.values());
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
