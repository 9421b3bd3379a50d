package dev.penstock.conformance.packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The classes that a class refers to, directly or not; what is only found by name at run time is not among them.
 *
 * @param classes by name, those in directories: their bytes
 * @param jars those that some of the classes are in
 */
record Reached(Map<String, byte[]> classes, Set<Path> jars) {
    static Reached from(Class<?> start) {
        return from(start, Path.of(""));
    }

    /** As {@link #from(Class)}, with the classes of {@code opened}, which may be a jar, as if it were a directory. */
    static Reached from(Class<?> start, Path opened) {
        Reached reached = new Reached(new TreeMap<>(), new TreeSet<>());
        Deque<String> open = new ArrayDeque<>();
        Set<String> seen = new HashSet<>();
        open.add(start.getName());
        while (!open.isEmpty()) {
            String name = open.remove();
            if (seen.add(name) && !Exposed.fromPenstock(name) && !Exposed.fromPlatform(name)) {
                open.addAll(reached.visit(name, start.getClassLoader(), opened));
            }
        }
        return reached;
    }

    /** The class around a nested one is asked whether the two may see each other's private parts. */
    private void addNest(String name, ClassLoader loader) {
        int dollar = name.indexOf('$');
        String host = dollar < 0 ? name : name.substring(0, dollar);
        URL resource = loader.getResource(Exposed.file(host));
        if (resource != null) {
            classes.putIfAbsent(host, Packaging.bytes(resource));
        }
    }

    private Set<String> visit(String name, ClassLoader loader, Path opened) {
        String file = Exposed.file(name);
        URL resource = loader.getResource(file);
        if (resource == null) {
            return Set.of();
        }
        byte[] bytes = Packaging.bytes(resource);
        Path holder = Packaging.holder(resource, file);
        if (Files.isDirectory(holder) || holder.equals(opened)) {
            classes.put(name, bytes);
            addNest(name, loader);
        } else {
            jars.add(holder);
        }
        try {
            return ClassFile.read(bytes).references();
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read class '" + name + "': " + e.getMessage(), e);
        }
    }
}
