package dev.penstock.flow.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A directory for the state of one test, gone at its end. */
record TemporaryState(Path directory) implements AutoCloseable {
    static TemporaryState create() {
        try {
            return new TemporaryState(Files.createTempDirectory("penstock-flow-test"));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create a directory for state: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot remove '" + directory + "': " + e.getMessage(), e);
        }
    }
}
