package dev.penstock.engine.embedded.store;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Keeps two processes of one host apart by a lock of the operating system, which ends with the process however it ends,
 * and holds the {@link Witness} in the same file.
 *
 * <p>Each host locks a byte of its own far behind the witness: between hosts the lease decides, because a lock may or
 * may not reach across a network, and a stopped process would keep it for ever.
 *
 * <p>POSIX drops all locks of a process on a file when any of its descriptors of that file is closed. Therefore no code
 * in this process may open the file while the lock is held, which {@link #HELD} sees to.
 */
final class HostLock implements AutoCloseable {
    private static final long FIRST_LOCK_BYTE = 1L << 20;
    private static final long LOCK_BYTES = 1L << 30;
    private static final Map<Path, HostLock> HELD = new ConcurrentHashMap<>();

    private final StateFiles files;
    private final Path path;
    private final Owner owner;
    private @Nullable FileChannel channel;
    private volatile Optional<Witness> witness = Optional.empty();

    private HostLock(StateFiles files, Path path, Owner owner) {
        this.files = files;
        this.path = path;
        this.owner = owner;
    }

    /**
     * Locks the state for {@code owner}; makes the directory if it is missing.
     *
     * @throws StateInUseException if a process of this host has it
     */
    static HostLock acquire(StateFiles files, Owner owner) {
        Path path;
        try {
            Files.createDirectories(files.directory());
            path = files.directory().toRealPath().resolve(files.lock().getFileName());
        } catch (IOException e) {
            throw new Failures(files).of("open state directory", files.directory(), e);
        }
        HostLock lock = new HostLock(files, path, owner);
        HostLock holder = HELD.putIfAbsent(path, lock);
        if (holder != null) {
            throw new StateInUseException(files.pipeline(), holder.owner);
        }
        try {
            lock.open();
            return lock;
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        } catch (IOException e) {
            lock.close();
            throw new Failures(files).of("lock", path, e);
        }
    }

    /** What the file of a pipeline says, from any process; empty if there is none or it is not whole. */
    static Optional<Witness> peek(StateFiles files) {
        try {
            HostLock holder =
                    HELD.get(files.directory().toRealPath().resolve(files.lock().getFileName()));
            if (holder != null) {
                return holder.witness();
            }
            return Files.exists(files.lock()) ? Witness.of(Files.readAllBytes(files.lock())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private void open() throws IOException {
        FileChannel opened = FileChannel.open(path, CREATE, READ, WRITE);
        channel = opened;
        boolean locked = opened.tryLock(lockByte(), 1, false) != null;
        witness = read(opened);
        if (!locked) {
            Owner holder = witness.map(Witness::owner).orElse(new Owner(owner.host(), 0, ""));
            throw new StateInUseException(files.pipeline(), holder);
        }
        write(witness.map(last -> last.of(owner)).orElse(new Witness("", 0, -1, -1, owner)));
    }

    private long lockByte() {
        return FIRST_LOCK_BYTE + Math.floorMod(owner.host().hashCode(), LOCK_BYTES);
    }

    private static Optional<Witness> read(FileChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Witness.SIZE);
        int length = Math.max(0, channel.read(buffer, 0));
        return Witness.of(Arrays.copyOf(buffer.array(), length));
    }

    /** What was known when the lock was taken, or recorded since. */
    Optional<Witness> witness() {
        return witness;
    }

    /** Records what is durable now. */
    void record(Witness known) {
        try {
            write(known);
        } catch (IOException e) {
            throw new Failures(files).of("write", path, e);
        }
    }

    /** Records what is durable whether or not this can be written: then the witness lags behind. */
    void advance(UnaryOperator<Witness> change) {
        Optional<Witness> known = witness.map(change);
        try {
            if (known.isPresent()) {
                write(known.get());
            }
        } catch (IOException e) {
            witness = known;
        }
    }

    private void write(Witness known) throws IOException {
        FileChannel open = channel;
        if (open == null) {
            throw new IllegalStateException("Cannot record epoch " + known.epoch() + ": the lock was given back");
        }
        witness = Optional.of(known);
        open.write(known.bytes(), 0);
    }

    @Override
    public void close() {
        FileChannel open = channel;
        channel = null;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            throw new Failures(files).of("close", path, e);
        } finally {
            HELD.remove(path, this);
        }
    }
}
