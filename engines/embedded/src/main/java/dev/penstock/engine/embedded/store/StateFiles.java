package dev.penstock.engine.embedded.store;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

/**
 * Where the state of a pipeline lies.
 *
 * @param directory holds the state of any number of pipelines
 * @param pipeline the name; characters that a file name should not have are written as {@code %} and two hex digits
 */
record StateFiles(Path directory, String pipeline) {
    StateFiles {
        requireNonNull(directory, "directory");
        requireNonNull(pipeline, "pipeline");
    }

    /** The state itself; SQLite keeps {@code -wal} and {@code -shm} beside it while it is open. */
    Path database() {
        return directory.resolve(fileName() + ".sqlite");
    }

    /** What SQLite wrote and has not moved to the database yet. */
    Path log() {
        return directory.resolve(fileName() + ".sqlite-wal");
    }

    /** All that SQLite keeps. */
    List<Path> all() {
        return List.of(database(), log(), directory.resolve(fileName() + ".sqlite-shm"));
    }

    /** The lock of this host and the witness of what was sealed last. */
    Path lock() {
        return directory.resolve(fileName() + ".lock");
    }

    private String fileName() {
        StringBuilder name = new StringBuilder();
        for (byte octet : pipeline.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(octet) && !(octet == '.' && name.isEmpty())) {
                name.append((char) octet);
            } else {
                name.append('%').append(HexFormat.of().toHexDigits(octet));
            }
        }
        return name.toString();
    }

    private static boolean isPlain(byte octet) {
        return (octet >= 'a' && octet <= 'z')
                || (octet >= 'A' && octet <= 'Z')
                || (octet >= '0' && octet <= '9')
                || octet == '-'
                || octet == '_'
                || octet == '.';
    }
}
