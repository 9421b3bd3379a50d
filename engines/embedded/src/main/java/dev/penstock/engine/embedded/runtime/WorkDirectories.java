package dev.penstock.engine.embedded.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Directories for temporary files, one a step, made on demand. */
final class WorkDirectories implements AutoCloseable {
    private final Optional<Path> fixed;
    private @Nullable Path root;

    /** Below {@code fixed}, or else in the system's temporary directory and deleted at the end. */
    WorkDirectories(Optional<Path> fixed) {
        this.fixed = fixed;
    }

    synchronized Path of(String stepId) {
        try {
            if (root == null) {
                root = fixed.isPresent()
                        ? Files.createDirectories(fixed.get())
                        : Files.createTempDirectory("penstock-work-");
            }
            return Files.createDirectories(root.resolve(stepId));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot make the work directory of step '" + stepId + "'", e);
        }
    }

    /** Deletes what earlier incarnations left. Only while the lease is held. */
    synchronized void empty() {
        Path directory = fixed.orElse(root);
        if (directory == null || !Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> found = Files.walk(directory)) {
            List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
            root = null;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot empty the work directory '" + directory + "'", e);
        }
    }

    @Override
    public void close() {
        empty();
    }
}
