package dev.penstock.connector.postgres;

import dev.penstock.spi.ResumeState;
import dev.penstock.spi.StateVersionException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Where the changes of a database are read on.
 *
 * @param system which cluster the position is of
 * @param lsn the end of the last transaction that was given as a whole
 * @param rows how many rows of the transaction after it were given
 * @param stop where a bounded run ends; {@link #NO_STOP} if it does not
 * @param snapshot how far the rows that were there before are read
 */
record ChangePosition(long system, long lsn, long rows, long stop, SnapshotProgress snapshot) {
    static final long NO_STOP = 0;

    private static final int VERSION = 2;

    ResumeState encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(system);
            out.writeLong(lsn);
            out.writeLong(rows);
            out.writeLong(stop);
            snapshot.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ResumeState(VERSION, bytes.toByteArray());
    }

    static ChangePosition decode(String partition, ResumeState state) {
        String thing = "partition '" + partition + "'";
        if (state.version() < 1 || state.version() > VERSION) {
            throw new StateVersionException(thing, state.version(), VERSION);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state.bytes()))) {
            ChangePosition position = new ChangePosition(
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    SnapshotProgress.read(state.version(), in));
            if (in.read() >= 0) {
                throw new IOException("it has bytes behind its end");
            }
            return position;
        } catch (IOException e) {
            throw new StateVersionException(thing, e);
        }
    }

    ChangePosition at(long newLsn, long newRows) {
        return new ChangePosition(system, newLsn, newRows, stop, snapshot);
    }

    ChangePosition with(SnapshotProgress progress) {
        return new ChangePosition(system, lsn, rows, stop, progress);
    }

    ChangePosition endingAt(long newStop) {
        return new ChangePosition(system, lsn, rows, newStop, snapshot);
    }

    boolean isBounded() {
        return stop != NO_STOP;
    }

    boolean isAtEnd() {
        return isBounded() && Long.compareUnsigned(lsn, stop) >= 0 && rows == 0 && snapshot.isDone();
    }

    /** The place in the log, for people: as the server writes it. */
    static String shown(long lsn) {
        return LogSequenceNumber.valueOf(lsn).asString();
    }

    /** The place, for people. */
    String shown() {
        return rows == 0 ? "LSN " + shown(lsn) : rows + " rows into the transaction after LSN " + shown(lsn);
    }
}
