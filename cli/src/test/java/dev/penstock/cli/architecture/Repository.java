package dev.penstock.cli.architecture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The checkout that these tests look at. */
final class Repository {
    static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    private static final String SHARED = "support-";
    private static final Set<String> BUILT_LIKE_CONNECTORS =
            Set.of("embeddings", "connectors/formats/avro", "connectors/formats/protobuf");

    private Repository() {}

    /** The directories of all modules: those with a pom and sources. */
    static List<Path> modules() {
        return Stream.of(
                        "connector-spi",
                        "connectors",
                        "connectors/formats",
                        "embeddings",
                        "engines",
                        "conformance-tests",
                        "cli",
                        "examples")
                .map(ROOT::resolve)
                .flatMap(place -> find(place, 2, path -> path.endsWith("pom.xml")).stream())
                .map(Path::getParent)
                .distinct()
                .toList();
    }

    /** The connector modules, not what they share; the embeddings and two formats are built like one. */
    static List<Path> connectorModules() {
        return modules().stream()
                .filter(module -> (ROOT.resolve("connectors").equals(module.getParent())
                                && !module.getFileName().toString().startsWith(SHARED))
                        || BUILT_LIKE_CONNECTORS.contains(
                                ROOT.relativize(module).toString()))
                .toList();
    }

    static List<Path> mainSources(Path module) {
        return find(module.resolve("src/main/java"), 20, path -> path.toString().endsWith(".java"));
    }

    static List<Path> testSources(Path module) {
        return find(module.resolve("src/test/java"), 20, path -> path.toString().endsWith(".java"));
    }

    private static List<Path> find(Path place, int depth, Predicate<Path> wanted) {
        if (!Files.isDirectory(place)) {
            return List.of();
        }
        try (Stream<Path> files = Files.find(place, depth, (path, attributes) -> wanted.test(path))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
