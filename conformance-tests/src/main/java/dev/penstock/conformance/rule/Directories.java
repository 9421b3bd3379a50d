package dev.penstock.conformance.rule;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Directories of one attempt. */
final class Directories {
    private Directories() {}

    static Path create() {
        try {
            return Files.createTempDirectory("penstock-rule-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Path child(Path parent, String name) {
        try {
            return Files.createDirectory(parent.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void remove(Path directory) {
        try (Stream<Path> paths = Files.walk(directory)) {
            List<Path> deepestFirst = paths.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException | UncheckedIOException e) {
            // A child that was killed may still hold it; the directory of temporary files is cleaned by the system.
        }
    }
}
