package dev.penstock.spi;

import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.format.Decoder;
import dev.penstock.spi.format.Encoder;
import java.util.List;
import java.util.Set;

/**
 * What a jar offers to pipelines; found through {@link java.util.ServiceLoader}.
 *
 * <p>A connector is a factory: it has a public constructor without parameters, keeps no state, opens nothing, and may
 * be called from any thread. It implements the factory of each role that its descriptor declares, and no other.
 */
public interface Connector {
    /** Name, version, roles, settings and capabilities. Pure, without I/O, the same on every call (CF-01). */
    ConnectorDescriptor descriptor();

    /**
     * What is promised with these settings: what the descriptor says, or less if a setting gives something up. Pure.
     * Only {@link Capability#TRANSACTIONAL} and {@link Capability#UPSERT} of sinks, with what follows from them, may
     * depend on settings.
     */
    default Set<Capability> capabilities(Role role, Config config) {
        return descriptor().capabilities();
    }

    /** A source of rows; not open yet. */
    default Source source(Config config) {
        throw notOffered(Role.SOURCE);
    }

    /** A sink for rows; not open yet. */
    default Sink sink(Config config) {
        throw notOffered(Role.SINK);
    }

    /** A function of batches; not open yet. */
    default Transform transform(Config config) {
        throw notOffered(Role.TRANSFORM);
    }

    /** A way to look up what a sink of this connector has written; takes the settings of the sink. Not open yet. */
    default Search search(Config config) {
        throw notOffered(Role.SEARCH);
    }

    /** A format's way to read records; not open yet. */
    default Decoder decoder(Config config) {
        throw notOffered(Role.DECODER);
    }

    /** A format's way to write records; not open yet. */
    default Encoder encoder(Config config) {
        throw notOffered(Role.ENCODER);
    }

    /**
     * What can be done to look after what sinks of this connector have written, in the order of help; pure. A connector
     * that offers some implements {@link #maintenance}.
     */
    default List<Maintenance.Action> maintenanceActions() {
        return List.of();
    }

    /** Looks after what a sink of this connector has written; takes the settings of the sink. Not open yet. */
    default Maintenance maintenance(Config sink) {
        throw new UnsupportedOperationException(
                "Cannot maintain what '" + descriptor().name() + "' has written: it offers no maintenance");
    }

    /**
     * Tries the settings against the outside: host, credentials, privileges, objects (CF-08). Changes nothing there,
     * gives up within 10 s, and reports every problem it can see rather than throwing.
     */
    default List<Problem> check(Role role, Config config, ConnectorContext context) {
        return List.of();
    }

    private UnsupportedOperationException notOffered(Role role) {
        return new UnsupportedOperationException(
                "Cannot use connector '" + descriptor().name() + "' as a " + role + ": it offers "
                        + descriptor().specs().keySet());
    }
}
