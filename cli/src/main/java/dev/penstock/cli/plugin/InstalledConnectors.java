package dev.penstock.cli.plugin;

import dev.penstock.spi.Connector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All connectors that pipelines can use here: those of the distribution's directories, which are loaded when they are
 * asked for, each directory in a class loader of its own.
 */
public final class InstalledConnectors {
    private InstalledConnectors() {}

    /** The connectors of a distribution, by name; none if there is no distribution. */
    public static Map<String, Supplier<Connector>> of(Optional<Path> home) {
        Map<String, Supplier<Connector>> byName = new TreeMap<>();
        home.map(directory -> directory.resolve("connectors"))
                .filter(Files::isDirectory)
                .ifPresent(directory -> directories(directory)
                        .forEach(connectors ->
                                connectors.names().forEach(name -> byName.put(name, () -> connectors.load(name)))));
        return byName;
    }

    /** What loads the connector {@code name} of a distribution; empty if there is none of that name. */
    public static Optional<ClassLoader> loader(Optional<Path> home, String name) {
        return home.map(directory -> directory.resolve("connectors"))
                .filter(Files::isDirectory)
                .flatMap(directory -> directories(directory).stream()
                        .filter(connectors -> connectors.names().contains(name))
                        .findFirst())
                .map(ConnectorDirectory::loader);
    }

    static List<ConnectorDirectory> directories(Path connectors) {
        FilteredParent parent = new FilteredParent(InstalledConnectors.class.getClassLoader());
        try (Stream<Path> entries = Files.list(connectors)) {
            return entries.filter(Files::isDirectory)
                    .sorted()
                    .map(directory -> new ConnectorDirectory(directory, parent))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list '" + connectors + "': " + e.getMessage(), e);
        }
    }
}
