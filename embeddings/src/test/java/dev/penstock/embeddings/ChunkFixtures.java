package dev.penstock.embeddings;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.spi.Role;
import java.nio.file.Path;
import java.util.Set;

/** Fixtures of the transform {@code chunk}, which makes many rows of one, or none. */
public final class ChunkFixtures implements FixtureProvider {
    /** For the service loader. */
    public ChunkFixtures() {}

    @Override
    public String connector() {
        return "chunk";
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.TRANSFORM);
    }

    @Override
    public String system() {
        return "tokenizer of " + ModelCatalog.DEFAULT_MODEL;
    }

    @Override
    public Fixture fixture(String place, Path directory) {
        return new ChunkFixture();
    }

    @Override
    public void close() {}
}
