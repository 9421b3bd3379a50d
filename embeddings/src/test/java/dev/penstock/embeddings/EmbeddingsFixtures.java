package dev.penstock.embeddings;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.spi.Role;
import java.nio.file.Path;
import java.util.Set;

/** Fixtures of the transform {@code embed}, with the model that it takes by itself. */
public final class EmbeddingsFixtures implements FixtureProvider {
    /** For the service loader. */
    public EmbeddingsFixtures() {}

    @Override
    public String connector() {
        return "embed";
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.TRANSFORM);
    }

    @Override
    public String system() {
        Model model = TestModels.find(ModelCatalog.DEFAULT_MODEL);
        return "model " + model.description().name() + " " + model.description().revision();
    }

    @Override
    public Fixture fixture(String place, Path directory) {
        return new EmbedFixture(directory);
    }

    @Override
    public void close() {}
}
