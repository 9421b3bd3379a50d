package dev.penstock.conformance.reference;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** How requests and replies look on the wire. */
public final class Frames {
    private Frames() {}

    /**
     * A request.
     *
     * @param verb what to do
     * @param arguments byte strings
     */
    public record Request(String verb, List<byte[]> arguments) {
        /** An argument as text. */
        public String text(int index) {
            return new String(arguments.get(index), StandardCharsets.UTF_8);
        }

        /** An argument as a number. */
        public long number(int index) {
            return Frames.number(arguments.get(index));
        }
    }

    /** A text as an argument. */
    public static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }

    /** A number as an argument. */
    public static byte[] number(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    /** The number in an argument or a reply. */
    public static long number(byte[] bytes) {
        return ByteBuffer.wrap(bytes).getLong();
    }

    static void writeRequest(DataOutputStream out, Request request) throws IOException {
        out.writeUTF(request.verb());
        writeAll(out, request.arguments());
        out.flush();
    }

    static Request readRequest(DataInputStream in) throws IOException {
        return new Request(in.readUTF(), readAll(in));
    }

    static void writeReply(DataOutputStream out, List<byte[]> reply) throws IOException {
        out.writeBoolean(true);
        writeAll(out, reply);
        out.flush();
    }

    static void writeRefusal(DataOutputStream out, Refusal refusal) throws IOException {
        out.writeBoolean(false);
        out.writeUTF(refusal.kind().name());
        out.writeUTF(String.valueOf(refusal.getMessage()));
        out.flush();
    }

    static List<byte[]> readReply(DataInputStream in) throws IOException {
        if (in.readBoolean()) {
            return readAll(in);
        }
        throw new Refusal(Refusal.Kind.valueOf(in.readUTF()), in.readUTF());
    }

    private static void writeAll(DataOutputStream out, List<byte[]> parts) throws IOException {
        out.writeInt(parts.size());
        for (byte[] part : parts) {
            out.writeInt(part.length);
            out.write(part);
        }
    }

    private static List<byte[]> readAll(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<byte[]> parts = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            parts.add(in.readNBytes(in.readInt()));
        }
        return parts;
    }
}
