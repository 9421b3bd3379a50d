package dev.penstock.embeddings;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Walks the fields of one protocol buffer message and skips what nobody asks for.
 *
 * <p>A message inside is read before the outer one goes on; what is left of it is skipped then.
 */
final class Protobuf {
    private static final int LENGTH_DELIMITED = 2;
    private static final int MAX_TEXT = 1 << 16;

    private final InputStream input;
    private final long length;
    private long consumed;
    private int field;
    private int wireType;
    private long value;
    private boolean pending;
    private @Nullable Protobuf child;

    Protobuf(InputStream input, long length) {
        this.input = input;
        this.length = length;
    }

    boolean next() throws IOException {
        skipPending();
        if (consumed >= length) {
            return false;
        }
        int first = input.read();
        if (first < 0 && length == Long.MAX_VALUE) {
            return false;
        }
        long tag = varint(first);
        field = (int) (tag >>> 3);
        wireType = (int) (tag & 7);
        readValue();
        return true;
    }

    private void readValue() throws IOException {
        switch (wireType) {
            case 0 -> value = varint(input.read());
            case 1 -> skip(8);
            case LENGTH_DELIMITED -> {
                value = varint(input.read());
                pending = true;
            }
            case 5 -> skip(4);
            default -> throw new IOException("it is not in ONNX format");
        }
    }

    boolean isMessage(int number) {
        return field == number && wireType == LENGTH_DELIMITED;
    }

    boolean isNumber(int number) {
        return field == number && wireType == 0;
    }

    long number() {
        return value;
    }

    String text() throws IOException {
        if (value > MAX_TEXT) {
            throw new IOException("it has a name of " + value + " bytes");
        }
        pending = false;
        consumed += value;
        return new String(input.readNBytes((int) value), StandardCharsets.UTF_8);
    }

    Protobuf message() {
        pending = false;
        consumed += value;
        child = new Protobuf(input, value);
        return child;
    }

    private void skipPending() throws IOException {
        if (child != null) {
            child.skipAll();
            child = null;
        }
        if (pending) {
            pending = false;
            skip(value);
        }
    }

    private void skipAll() throws IOException {
        while (next()) {
            skipPending();
        }
    }

    private void skip(long bytes) throws IOException {
        input.skipNBytes(bytes);
        consumed += bytes;
    }

    private long varint(int first) throws IOException {
        long result = 0;
        int read = first;
        for (int shift = 0; shift < 64; shift += 7) {
            if (read < 0) {
                throw new EOFException("it ends too early");
            }
            consumed++;
            result |= (long) (read & 0x7f) << shift;
            if ((read & 0x80) == 0) {
                return result;
            }
            read = input.read();
        }
        throw new IOException("it is not in ONNX format");
    }
}
