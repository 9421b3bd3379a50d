package dev.penstock.format.protobuf;

import dev.penstock.spi.format.BadRecordException;
import java.io.ByteArrayOutputStream;

/** The bytes of messages and other values that have a length. */
final class Ranges {
    private Ranges() {}

    /** Reads the value at place {@code index} of {@code found}. */
    static void of(ProtoInput in, byte[] data, int to, Occurrences found, int index, MessageValue value) {
        in.start(data, found.position(index), to);
        int length = length(in, found.wireType(index));
        int from = in.take(length);
        value.read(data, from, from + length);
    }

    /** The length that comes next. */
    static int length(ProtoInput in, int wireType) {
        if (wireType != ProtoInput.BYTES) {
            throw new BadRecordException("is of another type than in the schema");
        }
        long length = in.readVarint();
        if (length < 0 || length > Integer.MAX_VALUE) {
            throw ProtoInput.endsEarly();
        }
        return (int) length;
    }

    /** The bytes of all values from {@code first} on, one behind the other. */
    static byte[] joined(ProtoInput in, byte[] data, int to, Occurrences found, int first) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (int i = first; i < found.count(); i++) {
            in.start(data, found.position(i), to);
            int length = length(in, found.wireType(i));
            joined.write(data, in.take(length), length);
        }
        return joined.toByteArray();
    }
}
