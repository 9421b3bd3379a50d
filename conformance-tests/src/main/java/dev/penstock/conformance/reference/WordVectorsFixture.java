package dev.penstock.conformance.reference;

import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.LocalFixture;
import dev.penstock.conformance.TransformSide;
import dev.penstock.conformance.Variant;
import dev.penstock.conformance.packaging.Packaging;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A directory with a model that works and one that does not. */
final class WordVectorsFixture implements LocalFixture, TransformSide {
    private final Connector connector;
    private final Path directory;

    WordVectorsFixture(Connector connector, Path directory) {
        this.connector = connector;
        this.directory = directory;
    }

    @Override
    public Connector connector() {
        return connector;
    }

    @Override
    public Optional<Map<String, Object>> settings(Role role, Variant variant, Optional<InetSocketAddress> endpoint) {
        return switch (variant) {
            case VALID -> Optional.of(model(WordVectorsFixtures.MODEL_FILE));
            case MISSING_OBJECT -> Optional.of(model("absent.properties"));
            case WRONG_HOST, WRONG_PORT, WRONG_CREDENTIALS, MISSING_PRIVILEGE -> Optional.empty();
        };
    }

    private Map<String, Object> model(String file) {
        return Map.of("model", directory.resolve(file).toString());
    }

    @Override
    public Inventory inventory() {
        try (Stream<Path> files = Files.list(directory)) {
            Set<String> names = files.map(file -> "file:" + file.getFileName()).collect(Collectors.toSet());
            return new Inventory(names, Set.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public TransformSide transform() {
        return this;
    }

    @Override
    public Optional<String> vectors() {
        return Optional.of("vector");
    }

    @Override
    public Optional<Limit> limit() {
        return Optional.of(new Limit(WordVectorsTransform.MAX_WORDS, Optional.of(WordVectorsTransform.TRUNCATED)));
    }

    @Override
    public List<BrokenSettings> broken() {
        return List.of(
                new BrokenSettings("a model that is not there", model("absent.properties"), "absent.properties"),
                new BrokenSettings("a model without numbers", model("broken.properties"), "broken.properties"));
    }

    /** The connector lives among the classes of the kit, and would not be shipped with them. */
    @Override
    public Packaging packaging(Path directory) {
        return Packaging.packed(connector.getClass(), directory);
    }
}
