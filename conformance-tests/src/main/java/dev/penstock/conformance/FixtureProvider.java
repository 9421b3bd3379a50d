package dev.penstock.conformance;

import dev.penstock.spi.Role;
import java.nio.file.Path;
import java.util.Set;

/**
 * Makes fixtures of one connector; found through {@link java.util.ServiceLoader} by {@code penstock conform}.
 *
 * <p><b>Order of calls:</b> {@code fixture* close}. <b>Threads:</b> any.
 */
public interface FixtureProvider extends AutoCloseable {
    /** The name of the connector. */
    String connector();

    /** The roles that are tested; all that the connector declares, unless each is a provider of its own. */
    Set<Role> roles();

    /** The outside system and its version, for the report, for example {@code PostgreSQL 18.1}. */
    String system();

    /**
     * A fixture with a place of its own.
     *
     * @param place letters, digits and hyphens, at most 40 characters; no other fixture has the same
     * @param directory an empty directory for files
     */
    Fixture fixture(String place, Path directory);

    /** Stops what was started for the fixtures. */
    @Override
    void close();
}
