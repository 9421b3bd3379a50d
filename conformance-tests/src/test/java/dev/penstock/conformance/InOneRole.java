package dev.penstock.conformance;

import dev.penstock.conformance.mutants.Mutant;
import dev.penstock.conformance.reference.ReferenceFixtures;
import dev.penstock.conformance.reference.WordVectorsFixtures;
import dev.penstock.spi.Role;
import java.nio.file.Path;
import java.util.Set;

/** Fixtures of a mutant in the role in which it is one. */
final class InOneRole implements FixtureProvider {
    private final Role role;
    private final FixtureProvider fixtures;

    InOneRole(Mutant mutant) {
        this.role = mutant.role();
        this.fixtures = mutant.role() == Role.TRANSFORM
                ? new WordVectorsFixtures(mutant.create())
                : new ReferenceFixtures(mutant.create());
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
