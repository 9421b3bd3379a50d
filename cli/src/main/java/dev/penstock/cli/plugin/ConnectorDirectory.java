package dev.penstock.cli.plugin;

import dev.penstock.spi.Connector;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory of jars that offer one connector or a few, with everything they need.
 *
 * <p>Its index, a file {@value #INDEX} with the key {@value #NAMES}, tells the names of its connectors, so that the
 * jars are only opened when a pipeline uses one of them. A directory without an index works too, but is opened at once.
 */
final class ConnectorDirectory {
    static final String INDEX = "connector.properties";
    static final String NAMES = "connectors";

    private final Path directory;
    private final FilteredParent parent;
    private List<Connector> loaded = List.of();
    private @Nullable ClassLoader loader;

    ConnectorDirectory(Path directory, FilteredParent parent) {
        this.directory = directory;
        this.parent = parent;
    }

    /** The names of the connectors in here. */
    List<String> names() {
        Path index = directory.resolve(INDEX);
        if (!Files.exists(index)) {
            return load().stream()
                    .map(connector -> connector.descriptor().name())
                    .toList();
        }
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(index)) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read '" + index + "': " + e.getMessage(), e);
        }
        String names = properties.getProperty(NAMES, "");
        return names.isBlank() ? List.of() : List.of(names.split("\\s*,\\s*"));
    }

    /** The connectors in here; opens the jars on the first call. */
    synchronized List<Connector> load() {
        if (loaded.isEmpty()) {
            try {
                loaded = ServiceLoader.load(Connector.class, loader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .map(InContext::wrap)
                        .toList();
            } catch (ServiceConfigurationError | LinkageError e) {
                throw new IllegalStateException(
                        "Cannot load the connectors of '" + directory + "': " + e.getMessage()
                                + "; put all jars that they need into that directory",
                        e);
            }
        }
        return loaded;
    }

    /** What loads the classes in here. */
    synchronized ClassLoader loader() {
        if (loader == null) {
            loader = ConnectorClassLoader.of(String.valueOf(directory.getFileName()), jars(), parent);
        }
        return loader;
    }

    /** The connector of that name; opens the jars on the first call. */
    Connector load(String name) {
        return load().stream()
                .filter(connector -> connector.descriptor().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Cannot find connector '" + name + "' in '" + directory
                        + "': its " + INDEX + " is out of date; delete that file or install the connector again"));
    }

    private URL[] jars() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .map(ConnectorDirectory::url)
                    .toArray(URL[]::new);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot list '" + directory + "': " + e.getMessage(), e);
        }
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
