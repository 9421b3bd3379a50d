package dev.penstock.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.FencedException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.config.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The directory that keeps the rows of one sink from the end of their epoch to their commit. */
final class Spool {
    private static final String GENERATION = "generation";

    private final Path directory;
    private final long generation;

    Spool(Path directory, long generation) {
        this.directory = directory;
        this.generation = generation;
    }

    Path directory() {
        return directory;
    }

    Path file(String name) {
        return directory.resolve(name);
    }

    void create() {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw failure("create", e);
        }
    }

    /** Removes the files that an earlier incarnation began and did not make durable (ST-07). */
    void deleteStrays(WriterSlot slot) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.spool")) {
            for (Path file : files) {
                boolean stray = SpoolHandle.owner(String.valueOf(file.getFileName()))
                        .filter(owner -> slot.ownsStray(owner.writer(), owner.epoch()))
                        .isPresent();
                if (stray) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw failure("clean", e);
        }
    }

    /** From now on writers of older incarnations cannot prepare (ST-08). */
    void claim() {
        checkOwner();
        Path fresh = directory.resolve(GENERATION + ".new");
        try {
            Files.createDirectories(directory);
            try (FileChannel channel = FileChannel.open(
                    fresh, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                channel.write(ByteBuffer.wrap(String.valueOf(generation).getBytes(UTF_8)));
                channel.force(false);
            }
            Files.move(fresh, directory.resolve(GENERATION), StandardCopyOption.ATOMIC_MOVE);
            force();
        } catch (IOException e) {
            throw failure("write to", e);
        }
    }

    /** @throws FencedException if a newer incarnation has taken over */
    void checkOwner() {
        long owner = owner();
        if (owner > generation) {
            throw new FencedException("Cannot write to '" + directory + "' as generation " + generation
                    + ": generation " + owner + " of the pipeline has taken over; stop this process or, if the state"
                    + " of the pipeline was deleted on purpose, delete the directory too");
        }
    }

    private long owner() {
        try {
            return Long.parseLong(
                    Files.readString(directory.resolve(GENERATION)).strip());
        } catch (NoSuchFileException e) {
            return Long.MIN_VALUE;
        } catch (NumberFormatException e) {
            throw new FatalException(
                    "Cannot read '" + directory.resolve(GENERATION) + "': it holds no number; delete it while no"
                            + " pipeline runs",
                    e);
        } catch (IOException e) {
            throw failure("read", e);
        }
    }

    /** Makes the names of files durable. */
    void force() throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Gives the space of {@code name} back; what is left is removed by the next incarnation. */
    void delete(String name) {
        try {
            Files.deleteIfExists(file(name));
        } catch (IOException e) {
            // It is known to be committed, and is not looked at again.
        }
    }

    void deleteAll() {
        if (Files.notExists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (IOException e) {
            throw failure("delete", e);
        }
    }

    ConnectorException failure(String verb, IOException cause) {
        String what = "Cannot " + verb + " the spool '" + directory + "': ";
        if (cause instanceof AccessDeniedException) {
            ConfigException failure = new ConfigException(
                    SinkSettings.SPOOL.name(),
                    Problem.Code.PRIVILEGE,
                    what + "permission denied",
                    "give the process access to it, or another 'spool'");
            failure.initCause(cause);
            return failure;
        }
        return new RetryableException(what + cause.getMessage() + "; it is tried again", cause);
    }
}
