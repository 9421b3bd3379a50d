package dev.penstock.engine.embedded.store;

import static java.util.Objects.requireNonNull;

import dev.penstock.engine.embedded.ResumeRefusedException;
import dev.penstock.spi.EpochId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The recovery store in a SQLite file of its own for each pipeline: {@code <directory>/<pipeline>.sqlite}.
 *
 * <p>Not thread safe. All methods fail with {@link StateUnavailableException} if the disk is full, read-only or broken,
 * and then nothing of what they were to write is there; the same call works once the reason is gone.
 */
public final class SqliteRecoveryStore implements RecoveryStore {
    /** How long an owner on another host may be silent before its lease is taken over. */
    public static final Duration LEASE_EXPIRY = Duration.ofSeconds(10);

    private final StateFiles files;
    private final Duration leaseExpiry;
    private final InstantSource clock;
    private final boolean durable;
    private @Nullable Claimed claimed;
    private boolean closed;

    /** What there is between claim and close. */
    private record Claimed(HostLock lock, Database database, Lease lease, EpochWriter writer, long generation) {}

    private SqliteRecoveryStore(StateFiles files, Duration leaseExpiry, InstantSource clock, boolean durable) {
        this.files = files;
        this.durable = durable;
        this.leaseExpiry = leaseExpiry;
        this.clock = clock;
    }

    /** The store of {@code pipeline} in {@code directory}; nothing is opened or made before {@link #claim}. */
    public static SqliteRecoveryStore of(Path directory, String pipeline) {
        return of(directory, pipeline, LEASE_EXPIRY);
    }

    /** As {@link #of(Path, String)}; {@code clock} says when epochs are sealed and keys expire, but not leases. */
    public static SqliteRecoveryStore of(Path directory, String pipeline, InstantSource clock) {
        return new SqliteRecoveryStore(
                new StateFiles(directory, pipeline), LEASE_EXPIRY, requireNonNull(clock, "clock"), true);
    }

    /** A store that nobody reads after its process: nothing waits for the disk. */
    static SqliteRecoveryStore ofThisProcess(Path directory, String name, InstantSource clock) {
        return new SqliteRecoveryStore(new StateFiles(directory, name), LEASE_EXPIRY, clock, false);
    }

    /** As {@link #of(Path, String)}, with another time until the lease of a silent host is taken over. */
    public static SqliteRecoveryStore of(Path directory, String pipeline, Duration leaseExpiry) {
        return new SqliteRecoveryStore(
                new StateFiles(directory, pipeline),
                requireNonNull(leaseExpiry, "leaseExpiry"),
                InstantSource.system(),
                true);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The last owner is known to be gone at once if it ran on this host; on another host, this waits until its lease
     * has expired.
     *
     * @throws ResumeRefusedException if the file is damaged, of another pipeline or release, older than what was sealed
     *     here, or gone
     */
    @Override
    public long claim(Owner owner) {
        if (claimed != null || closed) {
            throw new IllegalStateException("Cannot claim the state of '" + files.pipeline() + "': it was claimed");
        }
        HostLock lock = HostLock.acquire(files, owner);
        try {
            refuseMissing(lock);
            LogCheck.refuseOtherLog(files, lock.witness());
            claim(owner, lock, open());
        } catch (RuntimeException e) {
            closeAfter(e, lock::close);
            throw e;
        }
        return use().generation();
    }

    private Database open() {
        Database database = Database.openOrCreate(files);
        if (!durable) {
            database.run("prepare", opened -> {
                opened.execute("PRAGMA synchronous = OFF");
                return true;
            });
        }
        return database;
    }

    /** Opening makes the file anew, so a lost one must be seen before. */
    private void refuseMissing(HostLock lock) {
        if (!Files.exists(files.database())) {
            Identity.check(files, Optional.empty(), lock.witness());
        }
    }

    private void claim(Owner owner, HostLock lock, Database database) {
        try {
            Optional<Identity> found = database.run("read", Identity::read);
            Identity.check(files, found, lock.witness());
            Lease lease = new Lease(files, database, InstantSource.system(), leaseExpiry);
            long last = lock.witness().map(Witness::generation).orElse(0L);
            long generation = lease.claim(owner, last);
            Identity identity = database.write("claim", writer -> Identity.readOrCreate(writer, files));
            long moved = lock.witness().map(Witness::moved).orElse(-1L);
            lock.record(new Witness(identity.store(), generation, identity.epoch(), moved, owner));
            claimed = new Claimed(lock, database, lease, new EpochWriter(database), generation);
        } catch (RuntimeException e) {
            closeAfter(e, database::close);
            throw e;
        }
    }

    private static void closeAfter(RuntimeException reason, Runnable close) {
        try {
            close.run();
        } catch (RuntimeException e) {
            reason.addSuppressed(e);
        }
    }

    @Override
    public Recovered recover() {
        return use().database().run("read", database -> new StateReader(database).recover(clock.millis()));
    }

    @Override
    public void keyedState(String stepId, BiConsumer<byte[], byte[]> entries) {
        use().database().run("read", database -> {
            new StateReader(database).keyedState(stepId, clock.millis(), entries);
            return true;
        });
    }

    @Override
    public Optional<KeyReader> keyReader(String stepId) {
        use();
        return Optional.of(new SqliteKeyReader(files, stepId, clock));
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalStateException if the epoch is not newer than the last one
     */
    @Override
    public void seal(SealedEpoch epoch) {
        Claimed now = use();
        try {
            write("seal epoch " + epoch.id().epoch() + " in", database -> {
                checkAscending(database, epoch.id());
                now.writer().write(epoch, clock.millis());
            });
        } catch (RuntimeException e) {
            now.writer().forgetSteps();
            throw e;
        }
        now.lock().advance(last -> last.at(epoch.id().epoch()));
        moveLongLog(now);
    }

    /** The epoch is durable already: what fails here is tried again after the next one. */
    private static void moveLongLog(Claimed now) {
        try {
            if (now.database().moveLongLog()) {
                now.lock().advance(Witness::allMoved);
            }
        } catch (StateUnavailableException e) {
            // The log grows a little longer; a disk that stays full shows in the next seal.
        }
    }

    private static void checkAscending(Database database, EpochId id) throws SQLException {
        long last = new StateReader(database).epoch();
        if (id.epoch() <= last) {
            throw new IllegalStateException("Cannot seal epoch " + id.epoch() + ": epoch " + last + " is durable");
        }
    }

    @Override
    public void markCommitted(String sinkId, List<EpochId> epochs) {
        Claimed now = use();
        write("forget committed handles in", database -> now.writer().removeHandles(sinkId, epochs));
    }

    @Override
    public void renew() {
        write("renew the lease of", database -> {});
    }

    @Override
    public Optional<String> recall(String name) {
        List<String> found = new ArrayList<>();
        use().database().run("read", database -> {
            database.query("SELECT value FROM fact WHERE name = ?", row -> found.add(row.getString(1)), name);
            return true;
        });
        return found.stream().findFirst();
    }

    @Override
    public void remember(String name, String value) {
        write("write to", database -> database.update("INSERT OR REPLACE INTO fact VALUES (?, ?)", name, value));
    }

    /** Lets the file grow no further, as a full disk does, or without limit again. */
    void limitPages(boolean limited) {
        use().database().run("limit", database -> {
            database.execute("PRAGMA max_page_count = " + (limited ? 1 : 0x7FFFFFFF));
            return true;
        });
    }

    /** What a writing method does after the lease was checked in the same transaction. */
    private interface Change {
        void in(Database database) throws SQLException;
    }

    private void write(String action, Change change) {
        Claimed now = use();
        now.database().write(action, database -> {
            now.lease().hold(database, now.generation());
            change.in(database);
            return true;
        });
    }

    private Claimed use() {
        Claimed now = claimed;
        if (now == null) {
            throw new IllegalStateException(
                    "Cannot use the state of '" + files.pipeline() + "': it is not claimed, or closed");
        }
        return now;
    }

    @Override
    public void close() {
        closed = true;
        Claimed now = claimed;
        claimed = null;
        if (now == null) {
            return;
        }
        try {
            now.lease().release(now.generation());
        } catch (StateUnavailableException e) {
            // The lease stays behind; whoever comes next finds this process gone, or the lease expired.
        } finally {
            closeBoth(now);
        }
    }

    private static void closeBoth(Claimed now) {
        try {
            now.database().close();
        } finally {
            now.lock().close();
        }
    }
}
