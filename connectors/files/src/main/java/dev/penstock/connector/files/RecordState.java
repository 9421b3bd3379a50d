package dev.penstock.connector.files;

import dev.penstock.spi.ResumeState;
import dev.penstock.spi.StateVersionException;
import dev.penstock.spi.data.BytesColumn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32C;

/**
 * How far a file of records has been read, and how to know that it still is the same file: by the bytes at its start
 * and just before the place, which survives copies and backups as file numbers and times do not.
 *
 * @param offset the first unpacked byte that is not read
 * @param head the start of the file
 * @param tail the last bytes of the last record
 * @param atEnd whether the file ended there when it was read
 * @param openLine whether the last record had no line end yet
 */
record RecordState(long offset, Sample head, Sample tail, boolean atEnd, boolean openLine) {
    static final int VERSION = 1;
    static final byte KIND = 'R';
    /** The most bytes of {@link #head}. */
    static final int HEAD_BYTES = 1024;
    /** The most bytes of {@link #tail}. */
    static final int TAIL_BYTES = 64;

    static final RecordState START = new RecordState(0, Sample.NONE, Sample.NONE, false, false);

    /** Some bytes of a file, remembered by their checksum. */
    record Sample(long at, int length, int checksum) {
        static final Sample NONE = new Sample(0, 0, 0);

        static Sample of(long at, byte[] bytes, int from, int length) {
            CRC32C checksum = new CRC32C();
            checksum.update(bytes, from, length);
            return new Sample(at, length, (int) checksum.getValue());
        }

        /** The end of the last of {@code records}, which starts at {@code start} in the file. */
        static Sample ofLast(BytesColumn records, long start) {
            int last = records.size() - 1;
            int length = Math.min(TAIL_BYTES, records.length(last));
            int end = records.offsets()[last + 1];
            return of(start + records.length(last) - length, records.data(), end - length, length);
        }

        /** Whether {@code bytes} begin with these. */
        boolean isStartOf(byte[] bytes, int count) {
            return count >= length && equals(of(at, bytes, 0, length));
        }
    }

    RecordState withHead(byte[] bytes, int count) {
        return new RecordState(offset, Sample.of(0, bytes, 0, Math.min(count, HEAD_BYTES)), tail, atEnd, openLine);
    }

    RecordState withAtEnd(boolean nowAtEnd) {
        return new RecordState(offset, head, tail, nowAtEnd, openLine);
    }

    /** The place moved over bytes that are no record. */
    RecordState withOffset(long newOffset) {
        return newOffset == offset ? this : new RecordState(newOffset, head, tail, atEnd, openLine);
    }

    ResumeState encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(48);
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(KIND);
            out.writeLong(offset);
            write(out, head);
            write(out, tail);
            out.writeByte((atEnd ? 1 : 0) | (openLine ? 2 : 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ResumeState(VERSION, bytes.toByteArray());
    }

    private static void write(DataOutputStream out, Sample sample) throws IOException {
        out.writeLong(sample.at);
        out.writeInt(sample.length);
        out.writeInt(sample.checksum);
    }

    /** @throws StateVersionException if it is of a later release, or of files that are read in another way */
    static RecordState decode(String partition, ResumeState state) {
        if (state.version() != VERSION) {
            throw new StateVersionException("file '" + partition + "'", state.version(), VERSION);
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(state.bytes()))) {
            if (in.readByte() != KIND) {
                throw new IOException("it is of a file read as a document or as a whole, not in records");
            }
            long offset = in.readLong();
            Sample head = read(in);
            Sample tail = read(in);
            int flags = in.readByte();
            return new RecordState(offset, head, tail, (flags & 1) != 0, (flags & 2) != 0);
        } catch (IOException e) {
            throw new StateVersionException("file '" + partition + "'", e);
        }
    }

    private static Sample read(DataInputStream in) throws IOException {
        return new Sample(in.readLong(), in.readInt(), in.readInt());
    }

    static boolean isKind(ResumeState state, byte kind) {
        byte[] bytes = state.bytes();
        return state.version() == VERSION && bytes.length > 0 && bytes[0] == kind;
    }
}
