package dev.penstock.connector.files;

import dev.penstock.spi.ResumeState;
import dev.penstock.spi.StateVersionException;
import dev.penstock.spi.data.Bytes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * Which version of a file has been read as a whole.
 *
 * @param emitted whether a row of this or an earlier version was given
 * @param size of the file on disk
 * @param modified its time of change, in nanoseconds since 1970
 * @param settled whether equal size and time mean an equal file: not if it had just changed when it was read, as clocks
 *     of file systems are coarse
 * @param sha256 of the unpacked content; empty if it could not be read
 */
record VersionState(boolean emitted, long size, long modified, boolean settled, Bytes sha256) {
    static final int VERSION = 1;
    static final byte KIND = 'D';

    static final VersionState NEVER = new VersionState(false, -1, 0, false, Bytes.copyOf(new byte[0]));

    private static final Duration COARSE = Duration.ofSeconds(2);

    /** The version with these attributes, read at {@code now}. */
    static VersionState of(boolean emitted, BasicFileAttributes file, Bytes sha256, Instant now) {
        boolean settled = file.lastModifiedTime().toInstant().isBefore(now.minus(COARSE));
        return new VersionState(emitted, file.size(), nanos(file), settled, sha256);
    }

    private static long nanos(BasicFileAttributes file) {
        return file.lastModifiedTime().to(TimeUnit.NANOSECONDS);
    }

    /** Whether the file surely is the one that was read, to judge from size and time. */
    boolean isStill(BasicFileAttributes file) {
        return settled && size == file.size() && modified == nanos(file);
    }

    ResumeState encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(KIND);
            out.writeByte((emitted ? 1 : 0) | (settled ? 2 : 0));
            out.writeLong(size);
            out.writeLong(modified);
            out.writeByte(sha256.length());
            out.write(sha256.toArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ResumeState(VERSION, bytes.toByteArray());
    }

    /** @throws StateVersionException if it is of a later release, or of files that are read in another way */
    static VersionState decode(String partition, ResumeState state) {
        if (state.version() != VERSION) {
            throw new StateVersionException("file '" + partition + "'", state.version(), VERSION);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state.bytes()))) {
            if (in.readByte() != KIND) {
                throw new IOException("it is of a file read in records, not as a document or as a whole");
            }
            int flags = in.readByte();
            long size = in.readLong();
            long modified = in.readLong();
            byte[] sha256 = new byte[in.readUnsignedByte()];
            in.readFully(sha256);
            return new VersionState((flags & 1) != 0, size, modified, (flags & 2) != 0, Bytes.copyOf(sha256));
        } catch (IOException e) {
            throw new StateVersionException("file '" + partition + "'", e);
        }
    }
}
