package dev.penstock.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Gathers records and writes them to a file in large pieces, each with its length and checksum before it, so that
 * nothing has to be read twice to know that it is as it was written.
 */
final class SpoolOutput {
    /** Of a piece: its length without this, and its CRC-32C. */
    static final int HEADER_BYTES = 2 * Integer.BYTES;

    private static final int PIECE_BYTES = 256 * 1024;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final FileChannel channel;
    private final CRC32C headers = new CRC32C();
    private byte[] piece = new byte[PIECE_BYTES];
    private int size = HEADER_BYTES;
    private String lastName = "";
    private byte[] lastBytes = new byte[0];

    SpoolOutput(FileChannel channel) {
        this.channel = channel;
    }

    void writeInt(int value) {
        int at = reserve(Integer.BYTES); // first: it may change the array
        INT.set(piece, at, value);
    }

    void writeLong(long value) {
        int at = reserve(Long.BYTES);
        LONG.set(piece, at, value);
    }

    void write(byte[] bytes, int from, int length) {
        int at = reserve(length);
        System.arraycopy(bytes, from, piece, at, length);
    }

    /** A name with its length, which is mostly the one that was written before. */
    void writeName(String name) {
        if (!name.equals(lastName)) {
            lastName = name;
            lastBytes = name.getBytes(UTF_8);
        }
        writeInt(lastBytes.length);
        write(lastBytes, 0, lastBytes.length);
    }

    private int reserve(int count) {
        int start = size;
        size = Math.addExact(start, count);
        if (size > piece.length) {
            piece = Arrays.copyOf(piece, Math.max(size, 2 * piece.length));
        }
        return start;
    }

    /** A record is complete: pieces are of whole records. */
    void endRecord() throws IOException {
        if (size >= PIECE_BYTES) {
            flush();
        }
    }

    /** Hands everything to the operating system. */
    void flush() throws IOException {
        if (size == HEADER_BYTES) {
            return;
        }
        CRC32C checksum = new CRC32C();
        checksum.update(piece, HEADER_BYTES, size - HEADER_BYTES);
        INT.set(piece, 0, size - HEADER_BYTES);
        INT.set(piece, Integer.BYTES, (int) checksum.getValue());
        headers.update(piece, 0, HEADER_BYTES);
        ByteBuffer left = ByteBuffer.wrap(piece, 0, size);
        while (left.hasRemaining()) {
            channel.write(left);
        }
        size = HEADER_BYTES;
        if (piece.length > 2 * PIECE_BYTES) {
            piece = new byte[PIECE_BYTES];
        }
    }

    /** Of the lengths and checksums of all pieces that were flushed. */
    int checksum() {
        return (int) headers.getValue();
    }
}
