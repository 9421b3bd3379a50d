package dev.penstock.format.protobuf;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import dev.penstock.spi.format.BadRecordException;
import java.util.ArrayList;
import java.util.List;

/**
 * Which message of a file a record is: what Confluent puts behind the id of the schema. The number of indexes and then
 * the indexes, from the outermost message to the innermost, as zigzag varints; a single zero for the first message.
 */
final class MessageIndexes {
    private static final int MAX_DEPTH = 32;

    private MessageIndexes() {}

    /** The indexes that come next. */
    static List<Integer> read(ProtoInput in) {
        long count = zigZag(in.readVarint());
        if (count == 0) {
            return List.of(0);
        }
        if (count < 0 || count > MAX_DEPTH) {
            throw new BadRecordException("has an impossible number of message indexes");
        }
        List<Integer> indexes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            long index = zigZag(in.readVarint());
            if (index < 0 || index > Integer.MAX_VALUE) {
                throw new BadRecordException("has an impossible message index");
            }
            indexes.add((int) index);
        }
        return indexes;
    }

    private static long zigZag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    /** The message of {@code file} that {@code indexes} lead to. */
    static Descriptor message(FileDescriptor file, List<Integer> indexes) {
        List<Descriptor> level = file.getMessageTypes();
        Descriptor message = null;
        for (int index : indexes) {
            if (index >= level.size()) {
                throw new BadRecordException("names a message that its schema does not have");
            }
            message = level.get(index);
            level = message.getNestedTypes();
        }
        if (message == null) {
            throw new BadRecordException("names no message");
        }
        return message;
    }

    /** What is written before records that are {@code message}. */
    static byte[] of(Descriptor message) {
        List<Integer> indexes = new ArrayList<>();
        for (Descriptor at = message; at != null; at = at.getContainingType()) {
            indexes.add(0, at.getIndex());
        }
        if (indexes.equals(List.of(0))) {
            return new byte[] {0};
        }
        ProtoOutput out = new ProtoOutput();
        out.writeVarint(indexes.size() * 2L);
        indexes.forEach(index -> out.writeVarint(index * 2L));
        return java.util.Arrays.copyOf(out.data(), out.size());
    }
}
