package dev.penstock.conformance.reference;

import static java.util.Objects.requireNonNull;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Fixtures of the reference transform. */
public final class WordVectorsFixtures implements FixtureProvider {
    static final String MODEL_FILE = "words.properties";
    private final Connector connector;

    /** For the service loader. */
    public WordVectorsFixtures() {
        this(new WordVectorsConnector());
    }

    /** Fixtures of something in the place of the reference transform. */
    public WordVectorsFixtures(Connector connector) {
        this.connector = requireNonNull(connector, "connector");
    }

    @Override
    public String connector() {
        return connector.descriptor().name();
    }

    @Override
    public Set<Role> roles() {
        return Set.of(Role.TRANSFORM);
    }

    @Override
    public String system() {
        return "none";
    }

    @Override
    public Fixture fixture(String place, Path directory) {
        try {
            Files.writeString(directory.resolve(MODEL_FILE), "name=words\ndimensions=24\nseed=42\n");
            Files.writeString(directory.resolve("broken.properties"), "name=words\ndimensions=many\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new WordVectorsFixture(connector, directory);
    }

    @Override
    public void close() {}
}
