package dev.penstock.connector.lancedb.conformance;

import dev.penstock.conformance.packaging.Packaging;
import dev.penstock.connector.lancedb.LanceConnector;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What Arrow finds by name alone: the memory that it allocates with. */
final class ArrowPackaging {
    private static final List<String> FOUND_BY_NAME = List.of(
            "org.apache.arrow.memory.netty.DefaultAllocationManagerFactory",
            "io.netty.buffer.PooledByteBufAllocatorL",
            "io.netty.buffer.PooledByteBufAllocator",
            "io.netty.util.ReferenceCounted");

    private ArrowPackaging() {}

    /** The packaging with the libraries of these besides. */
    static Packaging besides(Packaging seen) {
        Set<Path> libraries = new TreeSet<>(seen.libraries());
        for (String found : FOUND_BY_NAME) {
            libraries.add(jar(found));
        }
        return new Packaging(seen.own(), List.copyOf(libraries));
    }

    private static Path jar(String name) {
        try {
            return Path.of(Class.forName(name, false, LanceConnector.class.getClassLoader())
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (ClassNotFoundException | URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
