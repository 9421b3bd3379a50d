package dev.penstock.conformance.packaging;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The packages that all loaders of a connector in this process share, because their native library can be loaded only
 * once or never lets go of the loader it came from. A connector declares them in its own jar, in {@value #DECLARED}: a
 * line for each, which the names of its classes begin with.
 *
 * @param prefixes what names begin with
 */
public record SharedPackages(List<String> prefixes) {
    /** Where a connector's own jar declares them. */
    public static final String DECLARED = "META-INF/penstock/shared-packages";

    private static final Pattern NATIVE = Pattern.compile(".*\\.(so|dll|dylib|jnilib)");
    /** What is shared is never unloaded: by the files it came from. */
    private static final Map<List<Path>, ClassLoader> LOADERS = new ConcurrentHashMap<>();

    public SharedPackages {
        prefixes = List.copyOf(prefixes);
    }

    /** Those that {@code packaging} declares. */
    public static SharedPackages of(Packaging packaging) {
        try (JarFile jar = new JarFile(packaging.own().toFile())) {
            @Nullable JarEntry declared = jar.getJarEntry(DECLARED);
            return new SharedPackages(declared == null ? List.of() : lines(jar, declared));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read '" + packaging.own() + "': " + e.getMessage(), e);
        }
    }

    private static List<String> lines(JarFile jar, JarEntry entry) throws IOException {
        try (InputStream in = jar.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .toList();
        }
    }

    /** Whether a class of that name is shared. */
    boolean contain(String className) {
        return prefixes.stream().anyMatch(className::startsWith);
    }

    /**
     * What loads them for every loader of {@code packaging}: one for each set of libraries, whatever the connector's
     * own jar is, which the kit packs anew for each trial.
     */
    ClassLoader loader(Packaging packaging, Supplier<? extends ClassLoader> made) {
        List<Path> key = packaging.libraries().isEmpty() ? packaging.jars() : packaging.libraries();
        return LOADERS.computeIfAbsent(key, jars -> requireNonNull(made.get(), "loader"));
    }

    /** The native libraries that {@code packaging} brings, each as its jar calls it. */
    public static List<String> nativeLibraries(Packaging packaging) {
        return packaging.jars().stream().flatMap(jar -> natives(jar).stream()).toList();
    }

    private static List<String> natives(Path path) {
        try (JarFile jar = new JarFile(path.toFile())) {
            return jar.stream()
                    .map(JarEntry::getName)
                    .filter(name -> NATIVE.matcher(name).matches())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read '" + path + "': " + e.getMessage(), e);
        }
    }

    static URL[] urls(Packaging packaging) {
        return packaging.jars().stream().map(SharedPackages::url).toArray(URL[]::new);
    }

    private static URL url(Path path) {
        try {
            return path.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
