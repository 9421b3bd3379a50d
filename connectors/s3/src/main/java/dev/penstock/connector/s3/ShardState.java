package dev.penstock.connector.s3;

import dev.penstock.format.records.Compression;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.StateVersionException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far a shard has been read: the ETag of each object that was read and is still there, and the place in the one
 * that is being read. Keys are sorted, and each is kept as what differs from the one before, which is little.
 */
final class ShardState {
    private static final int VERSION = 1;
    private static final int MANY = 64;

    private final SortedMap<String, String> done;
    private Optional<Place> place;
    private byte @Nullable [] encodedDone;

    private ShardState(SortedMap<String, String> done, Optional<Place> place) {
        this.done = done;
        this.place = place;
    }

    /**
     * A place in an object.
     *
     * @param offset the first unpacked byte that is not read
     * @param header the line that names the columns, of csv
     */
    record Place(String key, String etag, long offset, Compression packed, Optional<String> header) {}

    static ShardState start() {
        return new ShardState(new TreeMap<>(), Optional.empty());
    }

    Map<String, String> done() {
        return done;
    }

    Optional<Place> place() {
        return place;
    }

    void moveTo(Place newPlace) {
        place = Optional.of(newPlace);
    }

    void finish(String key, String etag) {
        place = Optional.empty();
        done.put(key, etag);
        encodedDone = null;
    }

    void forget(String key) {
        place = place.filter(now -> !now.key().equals(key));
        if (done.remove(key) != null) {
            encodedDone = null;
        }
    }

    ResumeState encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(MANY);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeBoolean(place.isPresent());
            if (place.isPresent()) {
                write(out, place.get());
            }
            byte[] kept = encodedDone == null ? encodeDone() : encodedDone;
            encodedDone = kept;
            out.write(kept);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ResumeState(VERSION, bytes.toByteArray());
    }

    private static void write(DataOutputStream out, Place place) throws IOException {
        out.writeUTF(place.key());
        out.writeUTF(place.etag());
        out.writeLong(place.offset());
        out.writeUTF(place.packed().name());
        out.writeBoolean(place.header().isPresent());
        if (place.header().isPresent()) {
            out.writeUTF(place.header().get());
        }
    }

    private byte[] encodeDone() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeInt(done.size());
            String before = "";
            for (Map.Entry<String, String> each : done.entrySet()) {
                int same = sameStart(before, each.getKey());
                out.writeShort(same);
                out.writeUTF(each.getKey().substring(same));
                out.writeUTF(each.getValue());
                before = each.getKey();
            }
        }
        return bytes.toByteArray();
    }

    private static int sameStart(String one, String other) {
        int most = Math.min(one.length(), other.length());
        int same = 0;
        while (same < most && one.charAt(same) == other.charAt(same)) {
            same++;
        }
        return same;
    }

    /** @throws StateVersionException if it is of a later release */
    static ShardState decode(String partition, ResumeState state) {
        if (state.version() != VERSION) {
            throw new StateVersionException("partition '" + partition + "'", state.version(), VERSION);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state.bytes()))) {
            Optional<Place> place = in.readBoolean() ? Optional.of(place(in)) : Optional.empty();
            int count = in.readInt();
            SortedMap<String, String> done = new TreeMap<>();
            String before = "";
            for (int object = 0; object < count; object++) {
                int same = in.readShort();
                before = before.substring(0, same) + in.readUTF();
                done.put(before, in.readUTF());
            }
            return new ShardState(done, place);
        } catch (IOException | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new StateVersionException("partition '" + partition + "'", e);
        }
    }

    private static Place place(DataInputStream in) throws IOException {
        return new Place(
                in.readUTF(),
                in.readUTF(),
                in.readLong(),
                Compression.valueOf(in.readUTF()),
                in.readBoolean() ? Optional.of(in.readUTF()) : Optional.empty());
    }
}
