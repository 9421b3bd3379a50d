package dev.penstock.conformance.packaging;

import dev.penstock.spi.Connector;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Loads a connector as an installation does: its own jars come first, and of Penstock it sees the SPI alone.
 *
 * <p><b>Threads:</b> any.
 */
public final class ConnectorLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    private ConnectorLoader(URL[] jars) {
        super("connector-under-test", jars, new SpiAlone(ConnectorLoader.class.getClassLoader()));
    }

    /** A loader of what {@code packaging} ships. */
    public static ConnectorLoader of(Packaging packaging) {
        return new ConnectorLoader(
                packaging.jars().stream().map(ConnectorLoader::url).toArray(URL[]::new));
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The connectors that its services file names. */
    public List<Connector> connectors() {
        return ServiceLoader.load(Connector.class, this).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith("java.") || Exposed.fromPenstock(name)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : ownElsePlatforms(name, resolve);
        }
    }

    private Class<?> ownElsePlatforms(String name, boolean resolve) throws ClassNotFoundException {
        try {
            return findClass(name);
        } catch (ClassNotFoundException notOwn) {
            return super.loadClass(name, resolve);
        }
    }

    /** The platform and what Penstock exposes. */
    private static final class SpiAlone extends ClassLoader {
        private final ClassLoader kit;

        SpiAlone(ClassLoader kit) {
            super("spi-alone", ClassLoader.getPlatformClassLoader());
            this.kit = kit;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (Exposed.fromPenstock(name)) {
                return kit.loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }

        @Override
        protected @Nullable URL findResource(String name) {
            return null;
        }
    }
}
