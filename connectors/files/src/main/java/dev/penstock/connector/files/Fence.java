package dev.penstock.connector.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.FatalException;
import dev.penstock.spi.FencedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The generation that owns a sink, written beside its staged files (ST-08). */
final class Fence {
    private static final String FILE = "generation";

    private final Path staging;
    private final Path file;
    private final long generation;

    Fence(Path staging, long generation) {
        this.staging = staging;
        this.file = staging.resolve(FILE);
        this.generation = generation;
    }

    /** Takes the sink over. */
    void claim() throws IOException {
        check();
        Durable.replace(file, String.valueOf(generation).getBytes(UTF_8));
        Durable.directory(staging);
    }

    /** @throws FencedException if a newer incarnation has taken over */
    void check() throws IOException {
        long owner = owner();
        if (owner > generation) {
            throw new FencedException("Cannot write to '" + staging + "' as generation " + generation + ": generation "
                    + owner + " of the pipeline has taken over; stop this process or, if the state of the pipeline was"
                    + " deleted on purpose, delete '" + file + "' too");
        }
    }

    private long owner() throws IOException {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (NoSuchFileException e) {
            return Long.MIN_VALUE;
        } catch (NumberFormatException e) {
            throw new FatalException(
                    "Cannot read '" + file + "': it holds no number; restore it, or delete it while no pipeline runs",
                    e);
        }
    }
}
