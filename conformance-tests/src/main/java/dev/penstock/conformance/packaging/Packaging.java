package dev.penstock.conformance.packaging;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is shipped of a connector.
 *
 * @param own its own jar
 * @param libraries the jars it brings along; not those that it gets from Penstock
 */
public record Packaging(Path own, List<Path> libraries) {
    public Packaging {
        requireNonNull(own, "own");
        libraries = List.copyOf(libraries);
    }

    /**
     * What would be shipped of the connector {@code type}, as far as can be seen from here.
     *
     * <p>A connector in a jar that has a loader of its own is shipped with the other jars of that loader. One on a
     * class path is shipped with the jars that its classes refer to. If its classes are not in a jar yet, as when a
     * build tests them, the kit packs them into one in {@code directory}: all of their directory if it has a services
     * file that names the connector, else the classes that the connector refers to.
     */
    public static Packaging of(Class<?> type, Path directory) {
        Path place = place(type);
        if (type.getClassLoader() instanceof URLClassLoader loader && Files.isRegularFile(place)) {
            List<Path> libraries = Arrays.stream(loader.getURLs())
                    .map(Packaging::path)
                    .filter(jar -> !jar.equals(place) && jar.toString().endsWith(".jar"))
                    .toList();
            return new Packaging(place, libraries);
        }
        Reached reached = Reached.from(type);
        Path own = Files.isRegularFile(place) ? place : new JarPacker(directory).pack(type, place, reached);
        Set<Path> libraries = new TreeSet<>(reached.jars());
        libraries.remove(own);
        return new Packaging(own, new ArrayList<>(libraries));
    }

    /**
     * What would be shipped of a connector that lives among other classes: those of its directory or jar that it refers
     * to, packed into a jar in {@code directory}.
     */
    public static Packaging packed(Class<?> type, Path directory) {
        Path place = place(type);
        Reached reached = Reached.from(type, place);
        return new Packaging(
                new JarPacker(directory).pack(type, place, reached), new ArrayList<>(new TreeSet<>(reached.jars())));
    }

    /** All of them, its own first. */
    public List<Path> jars() {
        List<Path> jars = new ArrayList<>(libraries);
        jars.add(0, own);
        return jars;
    }

    /** The jar or directory that a class is in. */
    static Path place(Class<?> type) {
        return path(type.getProtectionDomain().getCodeSource().getLocation());
    }

    static Path path(URL url) {
        try {
            return Path.of(url.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("Cannot tell the file of '" + url + "': " + e.getMessage(), e);
        }
    }

    /** The jar or directory that holds {@code name}, given the URL of it. */
    static Path holder(URL resource, String name) {
        String text = resource.toString();
        boolean inJar = text.startsWith("jar:");
        String holder = inJar
                ? text.substring("jar:".length(), text.indexOf("!/"))
                : text.substring(0, text.length() - name.length());
        return Path.of(URI.create(holder));
    }

    /** All of a resource. */
    public static byte[] bytes(URL resource) {
        try (InputStream in = resource.openStream()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
