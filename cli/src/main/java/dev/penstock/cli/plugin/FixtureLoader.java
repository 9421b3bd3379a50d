package dev.penstock.cli.plugin;

import dev.penstock.conformance.FixtureProvider;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;

/**
 * Loads the fixtures of a connector: they see the connector's classes, the conformance kit, and what they bring along.
 */
public final class FixtureLoader extends URLClassLoader {
    private FixtureLoader(URL[] jars, ClassLoader connector) {
        super("fixtures", jars, new KitBridge(connector));
    }

    /** A loader of {@code jars}, on top of the one that loads the connector. */
    public static FixtureLoader of(List<Path> jars, ClassLoader connector) {
        return new FixtureLoader(jars.stream().map(FixtureLoader::url).toArray(URL[]::new), connector);
    }

    private static URL url(Path jar) {
        try {
            return jar.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new UncheckedIOException("Cannot load fixtures from '" + jar + "': " + e.getMessage(), e);
        }
    }

    /** The providers that the jars name in {@code META-INF/services}. */
    public List<FixtureProvider> providers() {
        return ServiceLoader.load(FixtureProvider.class, this).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    /** Adds the kit to what the connector's loader gives. */
    private static final class KitBridge extends ClassLoader {
        private static final String KIT = "dev.penstock.conformance.";

        KitBridge(ClassLoader connector) {
            super("conformance-kit", connector);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            return name.startsWith(KIT)
                    ? FixtureProvider.class.getClassLoader().loadClass(name)
                    : super.loadClass(name, resolve);
        }
    }
}
