package dev.penstock.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Reads what {@link SpoolOutput} has written, and gives nothing of a piece that is not as it was written. */
final class SpoolInput {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final InputStream in;
    private final CRC32C headers = new CRC32C();
    private final byte[] header = new byte[SpoolOutput.HEADER_BYTES];
    private byte[] piece = new byte[0];
    private long left;
    private int position;
    private int end;
    private byte[] lastName = new byte[0];
    private String lastText = "";

    /** @param bytes how many are to be read */
    SpoolInput(InputStream in, long bytes) {
        this.in = in;
        this.left = bytes;
    }

    /** Whether there is another record; reads the next piece if one is over. */
    boolean hasRecord() throws IOException {
        if (position == end && left > 0) {
            nextPiece();
        }
        return position < end;
    }

    private void nextPiece() throws IOException {
        read(header, header.length);
        headers.update(header);
        int length = (int) INT.get(header, 0);
        if (length <= 0 || length > left) {
            throw new SpoolDamagedException("a piece cannot have " + length + " bytes");
        }
        if (length > piece.length) {
            piece = new byte[length];
        }
        read(piece, length);
        CRC32C checksum = new CRC32C();
        checksum.update(piece, 0, length);
        if ((int) checksum.getValue() != (int) INT.get(header, Integer.BYTES)) {
            throw new SpoolDamagedException("a piece has another checksum than it was written with");
        }
        position = 0;
        end = length;
    }

    private void read(byte[] target, int count) throws IOException {
        if (in.readNBytes(target, 0, count) < count) {
            throw new SpoolDamagedException("it ends too early");
        }
        left -= count;
    }

    /** Of the lengths and checksums of all pieces that were read. */
    int checksum() {
        return (int) headers.getValue();
    }

    int readInt() throws IOException {
        return (int) INT.get(piece, next(Integer.BYTES));
    }

    long readLong() throws IOException {
        return (long) LONG.get(piece, next(Long.BYTES));
    }

    byte[] read(int count) throws IOException {
        int from = next(count);
        return Arrays.copyOfRange(piece, from, from + count);
    }

    /** A name of {@code count} bytes, which is mostly the one that was read before. */
    String readName(int count) throws IOException {
        int from = next(count);
        if (!Arrays.equals(piece, from, from + count, lastName, 0, lastName.length)) {
            lastName = Arrays.copyOfRange(piece, from, from + count);
            lastText = new String(lastName, UTF_8);
        }
        return lastText;
    }

    /** Where the next {@code count} bytes begin. */
    private int next(int count) throws SpoolDamagedException {
        if (count < 0 || count > end - position) {
            throw new SpoolDamagedException("a record goes beyond its piece");
        }
        int from = position;
        position += count;
        return from;
    }
}
