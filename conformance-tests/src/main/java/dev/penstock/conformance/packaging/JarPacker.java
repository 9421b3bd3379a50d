package dev.penstock.conformance.packaging;

import dev.penstock.spi.Connector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** Makes the jar of a connector that a build has not packed yet. */
final class JarPacker {
    static final String SERVICES = "META-INF/services/" + Connector.class.getName();
    private static final String LICENSE = "META-INF/LICENSE";
    private static final String GOLDEN = "META-INF/penstock/golden";

    private final Path directory;

    JarPacker(Path directory) {
        this.directory = directory;
    }

    Path pack(Class<?> connector, Path place, Reached reached) {
        try {
            Map<String, byte[]> entries =
                    isModule(connector, place) ? module(place, reached) : reachedOnly(connector, place, reached);
            return write(connector.getSimpleName() + ".jar", entries);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot pack '" + place + "' into a jar: " + e.getMessage(), e);
        }
    }

    private static boolean isModule(Class<?> connector, Path place) throws IOException {
        Path services = place.resolve(SERVICES);
        return Files.exists(services) && Files.readString(services).lines().anyMatch(connector.getName()::equals);
    }

    /** All of a module, and the classes it refers to in modules that are no jars yet either. */
    private static Map<String, byte[]> module(Path place, Reached reached) throws IOException {
        Map<String, byte[]> entries = all(place);
        reached.classes().forEach((name, bytes) -> entries.putIfAbsent(Exposed.file(name), bytes));
        return entries;
    }

    private static Map<String, byte[]> all(Path place) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                entries.put(place.relativize(file).toString().replace('\\', '/'), Files.readAllBytes(file));
            }
        }
        return entries;
    }

    private static Map<String, byte[]> reachedOnly(Class<?> connector, Path place, Reached reached) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        Path golden = place.resolve(GOLDEN);
        if (Files.isDirectory(golden)) {
            all(golden).forEach((name, bytes) -> entries.put(GOLDEN + "/" + name, bytes));
        }
        reached.classes().forEach((name, bytes) -> entries.put(Exposed.file(name), bytes));
        entries.put(SERVICES, connector.getName().getBytes(StandardCharsets.UTF_8));
        Enumeration<URL> licences = connector.getClassLoader().getResources(LICENSE);
        for (URL licence : Collections.list(licences)) {
            if (Packaging.holder(licence, LICENSE).equals(place)
                    || licence.getProtocol().equals("file")) {
                entries.putIfAbsent(LICENSE, Packaging.bytes(licence));
            }
        }
        return entries;
    }

    private Path write(String name, Map<String, byte[]> entries) throws IOException {
        Files.createDirectories(directory);
        Path jar = Files.createTempFile(directory, "packed-", "-" + name);
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
                out.closeEntry();
            }
        }
        return jar;
    }
}
