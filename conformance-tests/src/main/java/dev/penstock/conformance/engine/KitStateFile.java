package dev.penstock.conformance.engine;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.penstock.spi.FencedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The file that a life starts from. It is replaced as a whole, on disk when a method returns, and only by the newest
 * life: an older one that was taken for dead finds a greater generation there and is told so.
 */
final class KitStateFile {
    private final Path directory;
    private final String name;

    KitStateFile(Path directory, String name) {
        this.directory = directory;
        this.name = name;
    }

    Path directory() {
        return directory;
    }

    /** Begins a life: from now on no older one can write. */
    KitState claim() {
        try {
            Files.createDirectories(directory);
            return locked(() -> {
                KitState claimed = read().nextLife();
                replace(claimed);
                return claimed;
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot claim state '" + file() + "': " + e.getMessage(), e);
        }
    }

    /**
     * Makes {@code state} what the next life starts from.
     *
     * @throws FencedException if a newer life has begun
     */
    void write(KitState state) {
        try {
            locked(() -> {
                long newest = read().generation();
                if (newest > state.generation()) {
                    throw new FencedException("Cannot seal epoch " + state.epoch() + " as generation "
                            + state.generation() + ": generation " + newest + " has taken over");
                }
                replace(state);
                return state;
            });
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write state '" + file() + "': " + e.getMessage(), e);
        }
    }

    private Path file() {
        return directory.resolve(name + ".state");
    }

    private KitState read() throws IOException {
        if (!Files.exists(file())) {
            return KitState.EMPTY;
        }
        return KitState.readFrom(new DataInputStream(new ByteArrayInputStream(Files.readAllBytes(file()))));
    }

    private void replace(KitState state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        state.writeTo(new DataOutputStream(bytes));
        Path fresh = directory.resolve(name + ".state.new");
        try (FileChannel channel = FileChannel.open(fresh, CREATE, TRUNCATE_EXISTING, WRITE)) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes.toByteArray());
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
        Files.move(fresh, file(), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(directory, READ)) {
            channel.force(true);
        }
    }

    /** Locks of files are those of processes: within one, the class is the lock. */
    private KitState locked(Change change) throws IOException {
        synchronized (KitStateFile.class) {
            try (FileChannel channel = FileChannel.open(directory.resolve(name + ".lock"), CREATE, WRITE);
                    FileLock lock = channel.lock()) {
                if (!lock.isValid()) {
                    throw new IOException("the lock was lost");
                }
                return change.make();
            }
        }
    }

    @FunctionalInterface
    private interface Change {
        KitState make() throws IOException;
    }
}
