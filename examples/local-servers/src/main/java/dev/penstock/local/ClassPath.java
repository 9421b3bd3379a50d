package dev.penstock.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Path;

/** What servers run on: lists of jars that the build wrote, and where this module itself is. */
final class ClassPath {
    private ClassPath() {}

    /** The jars of the server named {@code server}. */
    static String of(String server) throws IOException {
        try (InputStream list = ClassPath.class.getResourceAsStream(server + ".class-path")) {
            if (list == null) {
                throw new IllegalStateException("Cannot find the jars of server '" + server
                        + "': the build has not written '" + server + ".class-path'; build the module local-servers");
            }
            return new String(list.readAllBytes(), UTF_8).strip();
        }
    }

    /** Where the classes of this module are. */
    static String ofThis() {
        try {
            return Path.of(Guard.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("Cannot find the classes of local servers: " + e.getMessage(), e);
        }
    }
}
