package dev.penstock.engine.embedded.store;

import dev.penstock.spi.FencedException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who may write to a state file. Each claim raises the generation, and every write names its generation in its own
 * transaction, so that an owner that was stopped, replaced and continued cannot write any more.
 */
final class Lease {
    /** After so much longer than the expiry, even a clock that is well off shows that the owner is gone. */
    private static final Duration CLOCK_DOUBT = Duration.ofMinutes(1);

    private static final int LOOK_MILLIS = 20;

    private final StateFiles files;
    private final Database database;
    private final InstantSource clock;
    private final Duration expiry;

    /** What the file says about its owner. */
    private record Row(
            long generation, Owner owner, String boot, long started, boolean held, long beat, long renewed) {}

    Lease(StateFiles files, Database database, InstantSource clock, Duration expiry) {
        this.files = files;
        this.database = database;
        this.clock = clock;
        this.expiry = expiry;
    }

    /** The owner, as long as nothing says that it is gone. */
    Optional<Owner> liveOwner() throws SQLException {
        return row(database).filter(Row::held).filter(this::seemsAlive).map(Row::owner);
    }

    private boolean seemsAlive(Row row) {
        boolean sameHost =
                row.owner().host().equals(ThisHost.name()) && row.boot().equals(ThisHost.boot());
        return sameHost
                ? ThisHost.isAlive(row.owner().process(), row.started())
                : clock.millis() - row.renewed() <= expiry.toMillis();
    }

    /**
     * Takes the lease, waiting for the expiry of one of another host that is not renewed any more.
     *
     * @param atLeast the generation must be greater than this one too
     * @throws StateInUseException if its owner lives
     */
    long claim(Owner owner, long atLeast) {
        Optional<Row> found = database.run("read", Lease::row);
        found.filter(Row::held).ifPresent(row -> waitUntilGone(row, owner));
        return database.write("claim", writer -> {
            Optional<Row> now = row(writer);
            if (!now.map(Row::generation).equals(found.map(Row::generation))) {
                throw new StateInUseException(
                        files.pipeline(), now.map(Row::owner).orElse(owner));
            }
            long generation = Math.max(atLeast, now.map(Row::generation).orElse(0L)) + 1;
            store(writer, generation, owner, now.map(Row::beat).orElse(0L) + 1);
            return generation;
        });
    }

    private void store(Database writer, long generation, Owner owner, long beat) throws SQLException {
        writer.update(
                "INSERT OR REPLACE INTO lease VALUES (1, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
                generation,
                owner.host(),
                ThisHost.boot(),
                owner.process(),
                ThisHost.started(owner.process()),
                owner.runId(),
                beat,
                clock.millis());
    }

    private void waitUntilGone(Row row, Owner claimant) {
        boolean sameHost =
                row.owner().host().equals(claimant.host()) && row.boot().equals(ThisHost.boot());
        boolean gone = sameHost ? isGone(row, claimant) : isSilent(row);
        if (!gone) {
            throw new StateInUseException(files.pipeline(), row.owner());
        }
    }

    /** The lock of the host was free: what this very process left behind is not in use. */
    private static boolean isGone(Row row, Owner claimant) {
        return row.owner().process() == claimant.process()
                || !ThisHost.isAlive(row.owner().process(), row.started());
    }

    /** Whether the owner on another host gives no sign of life for as long as the lease lasts, by our own clock. */
    private boolean isSilent(Row row) {
        if (clock.millis() - row.renewed() > expiry.plus(CLOCK_DOUBT).toMillis()) {
            return true;
        }
        long end = System.nanoTime() + expiry.toNanos();
        while (System.nanoTime() - end < 0) {
            Optional<Row> now = database.run("read", Lease::row);
            if (now.map(Row::beat).orElse(-1L) != row.beat()) {
                return now.filter(Row::held).isEmpty();
            }
            pause();
        }
        return true;
    }

    private void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StateUnavailableException(
                    StateUnavailableException.Reason.BUSY,
                    "Cannot claim state file '" + files.database()
                            + "': interrupted while waiting for its last owner's lease to expire; run again",
                    e);
        }
    }

    /**
     * Says that the owner of {@code generation} lives; to be called in each writing transaction.
     *
     * @throws FencedException if there is a newer one
     */
    void hold(Database writer, long generation) throws SQLException {
        int held = writer.update(
                "UPDATE lease SET beat = beat + 1, renewed = ? WHERE id = 1 AND generation = ? AND held = 1",
                clock.millis(),
                generation);
        if (held == 0) {
            throw fenced(row(writer), generation);
        }
    }

    private FencedException fenced(Optional<Row> now, long generation) {
        String by = now.map(row -> "process " + row.owner().process() + " on host '"
                        + row.owner().host() + "' took it over as generation " + row.generation())
                .orElse("nobody holds it");
        return new FencedException("Cannot write the state of pipeline '" + files.pipeline() + "' as generation "
                + generation + ": " + by + "; this process must stop");
    }

    /** Gives the lease back, unless another has it. */
    void release(long generation) {
        database.write(
                "give back",
                writer -> writer.update("UPDATE lease SET held = 0, beat = beat + 1 WHERE generation = ?", generation));
    }

    private static Optional<Row> row(Database database) throws SQLException {
        List<Row> rows = new ArrayList<>();
        database.query(
                "SELECT generation, host, process, run, boot, started, held, beat, renewed FROM lease",
                row -> rows.add(new Row(
                        row.getLong(1),
                        new Owner(row.getString(2), row.getLong(3), row.getString(4)),
                        row.getString(5),
                        row.getLong(6),
                        row.getInt(7) == 1,
                        row.getLong(8),
                        row.getLong(9))));
        return rows.stream().findFirst();
    }
}
