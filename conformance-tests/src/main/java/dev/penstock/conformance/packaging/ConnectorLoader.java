package dev.penstock.conformance.packaging;

import dev.penstock.spi.Connector;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * Loads a connector as an installation does: its own jars come first, and of Penstock it sees the SPI alone.
 *
 * <p><b>Threads:</b> any.
 */
public final class ConnectorLoader extends URLClassLoader {
    private static final SharedPackages NONE = new SharedPackages(List.of());

    static {
        registerAsParallelCapable();
    }

    private final SharedPackages shared;
    private final ClassLoader sharing;

    private ConnectorLoader(Packaging packaging, SharedPackages shared) {
        super(
                "connector-under-test",
                SharedPackages.urls(packaging),
                new SpiAlone(ConnectorLoader.class.getClassLoader()));
        this.shared = shared;
        // Made now: a loader remembers who was calling when it was made, which must be nobody from this one.
        this.sharing = shared.prefixes().isEmpty()
                ? this
                : shared.loader(packaging, () -> new ConnectorLoader(packaging, NONE));
    }

    /** A loader of what {@code packaging} ships. What it shares stays for the life of the process. */
    public static ConnectorLoader of(Packaging packaging) {
        return new ConnectorLoader(packaging, SharedPackages.of(packaging));
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
        if (shared.contain(name)) {
            return sharing.loadClass(name);
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
