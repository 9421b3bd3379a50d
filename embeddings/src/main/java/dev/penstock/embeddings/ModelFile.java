package dev.penstock.embeddings;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.MalformedURLException;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;

/**
 * A file of a model: on disk, or inside a jar of the class path.
 *
 * @param url where it is
 */
record ModelFile(URL url) {
    static ModelFile of(Path path) {
        try {
            return new ModelFile(path.toAbsolutePath().normalize().toUri().toURL());
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException("Cannot name file '" + path + "' by a URL", e);
        }
    }

    /** Where it is, if it is on disk. */
    Optional<Path> path() {
        try {
            return "file".equals(url.getProtocol()) ? Optional.of(Path.of(url.toURI())) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** The content; the caller closes it. */
    InputStream open() throws IOException {
        return new BufferedInputStream(connect().getInputStream(), 1 << 16);
    }

    byte[] readAll() throws IOException {
        try (InputStream content = open()) {
            return content.readAllBytes();
        }
    }

    /** Size and checksum as the jar's directory has them, which costs no reading; empty for a file on disk. */
    Optional<Stamp> stamp() throws IOException {
        if (!(connect() instanceof JarURLConnection jar)) {
            return Optional.empty();
        }
        try (var file = jar.getJarFile()) {
            ZipEntry entry = file.getEntry(jar.getEntryName());
            return entry == null ? Optional.empty() : Optional.of(new Stamp(entry.getSize(), entry.getCrc()));
        }
    }

    // A cached connection would keep the jar open for the life of the process.
    private URLConnection connect() throws IOException {
        URLConnection connection = url.openConnection();
        connection.setUseCaches(false);
        return connection;
    }

    /** The file for people. */
    @Override
    public String toString() {
        return path().map(Path::toString).orElseGet(url::toString);
    }

    /** What tells two releases of a file apart. */
    record Stamp(long size, long crc32) {}
}
