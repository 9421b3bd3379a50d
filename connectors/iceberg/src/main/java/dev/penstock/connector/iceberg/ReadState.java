package dev.penstock.connector.iceberg;

import dev.penstock.spi.ResumeState;
import dev.penstock.spi.StateVersionException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * How far a shard has been read.
 *
 * @param table the uuid of the table
 * @param start the snapshot that is read first, whole
 * @param done the last snapshot of which everything was read; empty while {@code start} is being read
 * @param place in the snapshot that is being read; empty at its beginning
 */
record ReadState(String table, long start, Optional<Long> done, Optional<Place> place) {
    private static final int VERSION = 1;

    /**
     * A place in a snapshot: files before {@code file}, in the order of their shard, were read.
     *
     * @param row the first row of the file that was not read
     */
    record Place(long snapshot, String file, long row) {}

    static ReadState start(String table, long snapshot) {
        return new ReadState(table, snapshot, Optional.empty(), Optional.empty());
    }

    ReadState finished(long snapshot) {
        return new ReadState(table, start, Optional.of(snapshot), Optional.empty());
    }

    ReadState at(Place now) {
        return new ReadState(table, start, done, Optional.of(now));
    }

    /** For people. */
    String shown() {
        return place.map(now -> "row " + now.row() + " of '" + now.file() + "' in snapshot " + now.snapshot())
                .orElseGet(() -> done.map(snapshot -> "the end of snapshot " + snapshot)
                        .orElseGet(() -> "the beginning of snapshot " + start));
    }

    ResumeState encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeUTF(table);
            out.writeLong(start);
            out.writeBoolean(done.isPresent());
            if (done.isPresent()) {
                out.writeLong(done.get());
            }
            out.writeBoolean(place.isPresent());
            if (place.isPresent()) {
                out.writeLong(place.get().snapshot());
                out.writeUTF(place.get().file());
                out.writeLong(place.get().row());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ResumeState(VERSION, bytes.toByteArray());
    }

    /** @throws StateVersionException if it is of a later release, or none of these */
    static ReadState decode(String partition, ResumeState state) {
        if (state.version() != VERSION) {
            throw new StateVersionException("partition '" + partition + "'", state.version(), VERSION);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state.bytes()))) {
            String table = in.readUTF();
            long start = in.readLong();
            Optional<Long> done = in.readBoolean() ? Optional.of(in.readLong()) : Optional.empty();
            Optional<Place> place = in.readBoolean()
                    ? Optional.of(new Place(in.readLong(), in.readUTF(), in.readLong()))
                    : Optional.empty();
            return new ReadState(table, start, done, place);
        } catch (IOException e) {
            throw new StateVersionException("partition '" + partition + "'", e);
        }
    }
}
