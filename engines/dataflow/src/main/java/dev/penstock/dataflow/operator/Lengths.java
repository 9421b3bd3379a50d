package dev.penstock.dataflow.operator;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Numbers that are small and not negative, in as few bytes as they need, and what is counted by them. */
final class Lengths {
    private static final int BITS = 7;
    private static final int MORE = 1 << BITS;

    private Lengths() {}

    static void write(int length, DataOutput out) throws IOException {
        int rest = length;
        while (rest >= MORE) {
            out.writeByte(rest | MORE);
            rest >>>= BITS;
        }
        out.writeByte(rest);
    }

    static int read(DataInput in) throws IOException {
        int length = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += BITS) {
            byte part = in.readByte();
            length |= (part & MORE - 1) << shift;
            if (part >= 0) {
                return checked(length);
            }
        }
        throw new IOException("a length has more than five bytes");
    }

    static int checked(int length) throws IOException {
        if (length < 0) {
            throw new IOException("a length is negative");
        }
        return length;
    }

    static void writeText(String text, DataOutput out) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        write(bytes.length, out);
        out.write(bytes);
    }

    static String readText(DataInput in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
        write(bytes.length, out);
        out.write(bytes);
    }

    static byte[] readBytes(DataInput in) throws IOException {
        byte[] bytes = new byte[read(in)];
        in.readFully(bytes);
        return bytes;
    }
}
