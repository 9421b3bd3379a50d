package dev.penstock.cli.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Loads a connector's classes: its own jars come first, whatever else is in the process.
 *
 * <p>A jar may declare packages whose classes all loaders of the same jars share, in {@value #SHARED}: a line for each,
 * which the names of its classes begin with. That is for native libraries, which a process can load only once or which
 * never let go of the loader that they came from. What is shared is loaded once a process, and never unloaded.
 */
final class ConnectorClassLoader extends URLClassLoader {
    static {
        registerAsParallelCapable();
    }

    static final String SHARED = "META-INF/penstock/shared-packages";

    /** What loads the shared classes of each list of jars. */
    private static final Map<List<String>, ClassLoader> SHARING = new ConcurrentHashMap<>();

    private final List<String> shared;
    private final ClassLoader sharing;

    private ConnectorClassLoader(
            String name, URL[] jars, FilteredParent parent, Function<ConnectorClassLoader, List<String>> shared) {
        super(name, jars, parent);
        this.shared = shared.apply(this);
        // Made now: a loader remembers who was calling when it was made, which must be nobody from this one.
        this.sharing = this.shared.isEmpty() ? this : sharing(name, jars, parent);
    }

    /** A loader of {@code jars}, called by the name of their directory. */
    static ConnectorClassLoader of(String directory, URL[] jars, FilteredParent parent) {
        return new ConnectorClassLoader("connector-" + directory, jars, parent, ConnectorClassLoader::declared);
    }

    private static ClassLoader sharing(String name, URL[] jars, FilteredParent parent) {
        List<String> places = Arrays.stream(jars).map(URL::toString).toList();
        return SHARING.computeIfAbsent(
                places, key -> new ConnectorClassLoader(name + "-shared", jars, parent, loader -> List.of()));
    }

    private List<String> declared() {
        List<String> prefixes = new ArrayList<>();
        try {
            for (URL declaration : Collections.list(findResources(SHARED))) {
                try (InputStream in = declaration.openStream()) {
                    new String(in.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty())
                            .forEach(prefixes::add);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read what '" + getName() + "' shares: " + e.getMessage(), e);
        }
        return List.copyOf(prefixes);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        if (name.startsWith("java.") || FilteredParent.exposes(name)) {
            return super.loadClass(name, resolve);
        }
        if (shared.stream().anyMatch(name::startsWith)) {
            return sharing.loadClass(name);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : ownElseParents(name, resolve);
        }
    }

    private Class<?> ownElseParents(String name, boolean resolve) throws ClassNotFoundException {
        try {
            return findClass(name);
        } catch (ClassNotFoundException notOwn) {
            return super.loadClass(name, resolve);
        }
    }

    @Override
    public @Nullable URL getResource(String name) {
        URL own = findResource(name);
        return own != null ? own : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
        List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
        all.addAll(Collections.list(getParent().getResources(name)));
        return Collections.enumeration(all);
    }
}
