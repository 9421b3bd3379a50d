package dev.penstock.examples.directoryqueue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A lane as the other programs see it, which know nothing of the connector.
 *
 * <p>Nothing of the fixture may use the connector's classes, except the public one: what is to be tested must not tell
 * whether it is right, and the command line loads fixtures apart from connectors.
 */
record Messages(Path lane) {
    /** The messages, in order. */
    List<Path> all() {
        if (!Files.isDirectory(lane)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(lane)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As producers do: a file that is complete is renamed into the lane. */
    void drop(String content) {
        List<Path> there = all();
        long number = there.isEmpty() ? 1 : number(there.get(there.size() - 1)) + 1;
        try {
            Path hidden = Files.writeString(lane.resolveSibling(".dropping-" + lane.getFileName()), content);
            Path name = lane.resolve(String.format(Locale.ROOT, "%010d.lines", number));
            Files.move(hidden, name, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes the messages up to {@code number} away. */
    void remove(long number) {
        try {
            for (Path message : all()) {
                if (number(message) <= number) {
                    Files.delete(message);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many messages were taken from the front. */
    long taken() {
        return all().isEmpty() ? 0 : number(all().get(0)) - 1;
    }

    private static long number(Path message) {
        String name = String.valueOf(message.getFileName());
        return Long.parseLong(name.substring(0, name.indexOf('.')));
    }
}
