package dev.penstock.examples.directoryqueue;

import dev.penstock.spi.FencedException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Which number each committed message got: the marker that tells a repeated commit that it was done before.
 *
 * <p>It is written before the rename that it speaks of. A staged message that is noted is as good as dropped; whoever
 * finds one finishes the rename.
 *
 * <p>Each incarnation writes a file of its own, {@code ledger-<generation>}, which begins with what the one before
 * knew. So a newer file is also the fence: an older incarnation sees it and stops, and what it wrote into its own is
 * read by nobody.
 */
final class Ledger {
    private static final String PREFIX = "ledger-";
    private static final int KEPT = 1_000;

    private final Staging staging;
    private final long generation;
    private final Map<String, Long> numbers = new LinkedHashMap<>();
    private boolean loaded;

    Ledger(Staging staging, long generation) {
        this.staging = staging;
        this.generation = generation;
    }

    /** @throws FencedException if a newer incarnation has taken over */
    void check() throws IOException {
        OptionalLong newest = newest();
        if (newest.isPresent() && newest.getAsLong() > generation) {
            throw new FencedException("Cannot drop messages from '" + staging.directory() + "' as generation "
                    + generation + ": generation " + newest.getAsLong() + " has taken over; stop this process");
        }
    }

    /** Takes the sink over. */
    void claim() throws IOException {
        check();
        load();
        write();
    }

    /** The number of the staged message {@code name}, if it has one. */
    Optional<Long> number(String name) throws IOException {
        load();
        return Optional.ofNullable(numbers.get(name));
    }

    /** The highest number so far. */
    OptionalLong last() throws IOException {
        load();
        return numbers.values().stream().mapToLong(Long::longValue).max();
    }

    /** Notes numbers, durably. */
    void note(Map<String, Long> added) throws IOException {
        load();
        numbers.putAll(added);
        while (numbers.size() > KEPT) {
            numbers.remove(numbers.keySet().iterator().next());
        }
        write();
        check();
    }

    private void load() throws IOException {
        if (loaded) {
            return;
        }
        check();
        OptionalLong newest = newest();
        if (newest.isPresent()) {
            for (String line : Files.readAllLines(file(newest.getAsLong()))) {
                int space = line.indexOf(' ');
                numbers.put(line.substring(space + 1), Long.valueOf(line.substring(0, space)));
            }
        }
        loaded = true;
    }

    private OptionalLong newest() throws IOException {
        return staging.names().stream()
                .filter(name -> name.matches(PREFIX + "\\d+"))
                .mapToLong(name -> Long.parseLong(name.substring(PREFIX.length())))
                .max();
    }

    private Path file(long ofGeneration) {
        return staging.file(PREFIX + ofGeneration);
    }

    private void write() throws IOException {
        StringBuilder lines = new StringBuilder();
        numbers.forEach(
                (name, number) -> lines.append(number).append(' ').append(name).append('\n'));
        Path fresh = staging.file("new-" + generation);
        Files.writeString(fresh, lines, StandardCharsets.UTF_8);
        try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(fresh, file(generation), StandardCopyOption.ATOMIC_MOVE);
        Lane.force(staging.directory());
    }
}
