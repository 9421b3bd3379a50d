package dev.penstock.examples.directoryqueue;

import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a sink keeps messages until they are committed: a hidden directory of the queue, so that a rename into a lane
 * is one step of one file system.
 */
record Staging(Path directory) {
    private static final String HIDDEN = ".staging";

    /** The staging directory of {@code sinkId} in {@code queue}. */
    static Staging of(Path queue, String sinkId) {
        return new Staging(queue.resolve(HIDDEN).resolve(URLEncoder.encode(sinkId, StandardCharsets.UTF_8)));
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    /** The names in it, sorted. */
    List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }

    /** Deletes it, and the directory of all staging directories if this was the last one. */
    void delete() throws IOException {
        for (String name : names()) {
            Files.deleteIfExists(file(name));
        }
        Files.deleteIfExists(directory);
        Path hidden = directory.resolveSibling("");
        try (Stream<Path> others = Files.list(hidden)) {
            if (others.findAny().isPresent()) {
                return;
            }
        } catch (NoSuchFileException e) {
            return;
        }
        Files.deleteIfExists(hidden);
    }
}
