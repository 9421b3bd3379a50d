package dev.penstock.conformance.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Directories that go with this process. */
final class ProcessFiles {
    private ProcessFiles() {}

    /** A new, empty one. */
    static Path directory() {
        try {
            Path directory = Files.createTempDirectory("penstock-children-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(directory), "penstock-children"));
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // The system clears its temporary files.
        }
    }
}
