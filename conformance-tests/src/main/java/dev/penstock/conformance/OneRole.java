package dev.penstock.conformance;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.Role;
import java.nio.file.Path;
import java.util.Set;

/**
 * Fixtures that are tried in one of their roles.
 *
 * @param fixtures which make what is tried; closed with this
 * @param role one of theirs
 */
public record OneRole(FixtureProvider fixtures, Role role) implements FixtureProvider {
    public OneRole {
        requireNonNull(fixtures, "fixtures");
        requireNonNull(role, "role");
    }

    @Override
    public String connector() {
        return fixtures.connector();
    }

    @Override
    public Set<Role> roles() {
        return Set.of(role);
    }

    @Override
    public String system() {
        return fixtures.system();
    }

    @Override
    public Fixture fixture(String place, Path directory) {
        return fixtures.fixture(place, directory);
    }

    @Override
    public void close() {
        fixtures.close();
    }
}
