package dev.penstock.cli.plugin;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What connectors see of Penstock: the JDK, the connector SPI and SLF4J. All else of the application is hidden, so that
 * a connector may bring another version of any library, and one that forgot to bring a library fails at once.
 */
final class FilteredParent extends ClassLoader {
    private static final List<String> EXPOSED = List.of("dev.penstock.spi.", "org.slf4j.");

    static {
        registerAsParallelCapable();
    }

    private final ClassLoader application;
    private final List<String> shared;

    FilteredParent(ClassLoader application) {
        this(application, EXPOSED);
    }

    /** One that lets through what begins with one of {@code shared}. */
    FilteredParent(ClassLoader application, List<String> shared) {
        super("penstock-spi", ClassLoader.getPlatformClassLoader());
        this.application = application;
        this.shared = List.copyOf(shared);
    }

    /** Whether classes of that name always come from here, never from a connector's own jars. */
    static boolean exposes(String className) {
        return EXPOSED.stream().anyMatch(className::startsWith);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        if (shared.stream().anyMatch(name::startsWith)) {
            return application.loadClass(name);
        }
        throw new ClassNotFoundException(name);
    }

    @Override
    protected @Nullable URL findResource(String name) {
        return null;
    }

    @Override
    protected Enumeration<URL> findResources(String name) throws IOException {
        return Collections.emptyEnumeration();
    }
}
