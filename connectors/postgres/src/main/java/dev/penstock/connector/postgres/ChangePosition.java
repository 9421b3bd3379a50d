package dev.penstock.connector.postgres;

import dev.penstock.spi.ResumeState;
import dev.penstock.spi.StateVersionException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Where the changes of a database are read on.
 *
 * @param system which cluster the position is of
 * @param lsn the end of the last transaction that was given as a whole
 * @param earlier the rows of the transaction after it that were given while other tables were followed, in their order
 * @param rows how many rows of it were given after those
 * @param stop where a bounded run ends; {@link #NO_STOP} if it does not
 * @param snapshot how far the rows that were there before are read
 */
record ChangePosition(long system, long lsn, List<Leg> earlier, long rows, long stop, SnapshotProgress snapshot) {
    static final long NO_STOP = 0;

    private static final int VERSION = 3;
    /** The last version that knew of no tables but those of its progress. */
    private static final int WITHOUT_EARLIER = 2;

    ChangePosition {
        earlier = List.copyOf(earlier);
    }

    /**
     * Rows of a transaction that were given.
     *
     * @param rows how many
     * @param counted the object ids of the tables that they are of
     */
    record Leg(long rows, Set<Integer> counted) {
        Leg {
            counted = Set.copyOf(counted);
        }

        void write(DataOutputStream out) throws IOException {
            out.writeLong(rows);
            out.writeInt(counted.size());
            for (int id : counted) {
                out.writeInt(id);
            }
        }

        static Leg read(DataInputStream in) throws IOException {
            long rows = in.readLong();
            int count = in.readInt();
            Set<Integer> counted = new HashSet<>();
            for (int index = 0; index < count; index++) {
                counted.add(in.readInt());
            }
            return new Leg(rows, counted);
        }
    }

    ResumeState encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(system);
            out.writeLong(lsn);
            out.writeLong(rows);
            out.writeLong(stop);
            snapshot.write(out);
            if (!earlier.isEmpty()) {
                out.writeInt(earlier.size());
                for (Leg leg : earlier) {
                    leg.write(out);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ResumeState(earlier.isEmpty() ? WITHOUT_EARLIER : VERSION, bytes.toByteArray());
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
                    List.of(),
                    in.readLong(),
                    in.readLong(),
                    SnapshotProgress.read(state.version(), in));
            position = state.version() == VERSION ? position.after(earlier(in)) : position;
            if (in.read() >= 0) {
                throw new IOException("it has bytes behind its end");
            }
            return position;
        } catch (IOException e) {
            throw new StateVersionException(thing, e);
        }
    }

    private static List<Leg> earlier(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<Leg> earlier = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            earlier.add(Leg.read(in));
        }
        return earlier;
    }

    ChangePosition at(long newLsn, RowsGiven given) {
        return new ChangePosition(system, newLsn, given.earlier(), given.count(), stop, snapshot);
    }

    private ChangePosition after(List<Leg> newEarlier) {
        return new ChangePosition(system, lsn, newEarlier, rows, stop, snapshot);
    }

    /** The same place, from which on rows are given of other tables than {@code counted}. */
    ChangePosition withOthersThan(Set<Integer> counted) {
        List<Leg> all = new ArrayList<>(earlier);
        all.add(new Leg(rows, counted));
        return rows == 0 ? this : new ChangePosition(system, lsn, all, 0, stop, snapshot);
    }

    /** How many rows of the transaction after the last whole one were given. */
    long allRows() {
        return rows + earlier.stream().mapToLong(Leg::rows).sum();
    }

    ChangePosition with(SnapshotProgress progress) {
        return new ChangePosition(system, lsn, earlier, rows, stop, progress);
    }

    ChangePosition endingAt(long newStop) {
        return new ChangePosition(system, lsn, earlier, rows, newStop, snapshot);
    }

    boolean isBounded() {
        return stop != NO_STOP;
    }

    boolean isAtEnd() {
        return isBounded() && Long.compareUnsigned(lsn, stop) >= 0 && allRows() == 0 && snapshot.isDone();
    }

    /** The place in the log, for people: as the server writes it. */
    static String shown(long lsn) {
        return LogSequenceNumber.valueOf(lsn).asString();
    }

    /** The place, for people. */
    String shown() {
        return allRows() == 0 ? "LSN " + shown(lsn) : allRows() + " rows into the transaction after LSN " + shown(lsn);
    }
}
