package dev.penstock.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Reads in large pieces what {@link SpoolOutput} has written. */
final class SpoolInput {
    private static final int PIECE_BYTES = 256 * 1024;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final InputStream in;
    private byte[] piece = new byte[PIECE_BYTES];
    private int position;
    private int end;
    private byte[] lastName = new byte[0];
    private String lastText = "";

    SpoolInput(InputStream in) {
        this.in = in;
    }

    int readInt() throws IOException {
        int at = next(Integer.BYTES); // first: it may change the array
        return (int) INT.get(piece, at);
    }

    long readLong() throws IOException {
        int at = next(Long.BYTES);
        return (long) LONG.get(piece, at);
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
    private int next(int count) throws IOException {
        if (count > end - position) {
            fill(count);
        }
        int from = position;
        position += count;
        return from;
    }

    private void fill(int count) throws IOException {
        byte[] target = count > piece.length ? new byte[count] : piece;
        System.arraycopy(piece, position, target, 0, end - position);
        end -= position;
        position = 0;
        piece = target;
        while (end < count) {
            int read = in.read(piece, end, piece.length - end);
            if (read < 0) {
                throw new EOFException("the file ends in the middle of a record");
            }
            end += read;
        }
    }
}
