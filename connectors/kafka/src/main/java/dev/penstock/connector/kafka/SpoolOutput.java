package dev.penstock.connector.kafka;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Gathers what goes into a file, adds it up, and writes it in large pieces: streams of the JDK take a lock a byte. */
final class SpoolOutput {
    private static final int PIECE_BYTES = 256 * 1024;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final FileChannel channel;
    private final CRC32C checksum = new CRC32C();
    private byte[] piece = new byte[PIECE_BYTES];
    private int size;

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

    void write(byte[] bytes) {
        int at = reserve(bytes.length);
        System.arraycopy(bytes, 0, piece, at, bytes.length);
    }

    private int reserve(int count) {
        int start = size;
        size = Math.addExact(start, count);
        if (size > piece.length) {
            piece = Arrays.copyOf(piece, Math.max(size, 2 * piece.length));
        }
        return start;
    }

    /** A record is complete. */
    void endRecord() throws IOException {
        if (size >= PIECE_BYTES) {
            flush();
        }
    }

    /** Hands everything to the operating system. */
    void flush() throws IOException {
        ByteBuffer left = ByteBuffer.wrap(piece, 0, size);
        while (left.hasRemaining()) {
            channel.write(left);
        }
        checksum.update(piece, 0, size);
        size = 0;
        if (piece.length > 2 * PIECE_BYTES) {
            piece = new byte[PIECE_BYTES];
        }
    }

    /** Of all that was flushed. */
    int checksum() {
        return (int) checksum.getValue();
    }
}
