package dev.penstock.conformance.reference;

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
 * Where reading of a partition stands; resumes before the row that was not given yet.
 *
 * @param position the next entry of the log to read, or, while the table is read, the entry that the log is read from
 *     once the table is: captured before the first row of the table, so that no change falls between the two
 * @param table the key of the last row of the table that was given; empty once the table is read
 */
record MemoryState(LogPosition position, Optional<String> table) {
    private static final int VERSION = 1;

    /** Reading the log from {@code position} on. */
    static MemoryState log(LogPosition position) {
        return new MemoryState(position, Optional.empty());
    }

    /** Reading the table as it was at {@code position}, after the row with {@code key}. */
    static MemoryState table(LogPosition position, String key) {
        return new MemoryState(position, Optional.of(key));
    }

    ResumeState encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(position.toBytes());
            out.writeBoolean(table.isPresent());
            out.writeUTF(table.orElse(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ResumeState(VERSION, bytes.toByteArray());
    }

    /**
     * The state of {@code partition} in {@code state}.
     *
     * @throws StateVersionException if a release wrote it that this one does not understand
     */
    static MemoryState decode(String partition, ResumeState state) {
        String thing = "partition '" + partition + "'";
        if (state.version() != VERSION) {
            throw new StateVersionException(thing, state.version(), VERSION);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state.bytes()))) {
            LogPosition position = new LogPosition(in.readLong(), in.readInt());
            boolean inTable = in.readBoolean();
            String key = in.readUTF();
            return new MemoryState(position, inTable ? Optional.of(key) : Optional.empty());
        } catch (IOException e) {
            throw new StateVersionException(thing, e);
        }
    }
}
