package dev.penstock.connector.postgres;

import java.util.Arrays;

/** Where the values of one row are in a message. Not thread safe; one is used for all messages. */
final class ReplicationTuple {
    static final byte NULL = 'n';
    static final byte UNCHANGED = 'u';
    static final byte TEXT = 't';
    static final byte BINARY = 'b';

    private byte[] bytes = new byte[0];
    private byte[] kinds = new byte[16];
    private int[] starts = new int[16];
    private int[] lengths = new int[16];
    private int size;
    private int valueBytes;

    /** Takes the row that {@code message} has next. */
    void read(ReplicationMessage message) {
        size = message.int16();
        bytes = message.bytes();
        valueBytes = 0;
        ensureRoom();
        for (int column = 0; column < size; column++) {
            byte kind = message.int8();
            kinds[column] = kind;
            if (kind == TEXT || kind == BINARY) {
                lengths[column] = message.int32();
                starts[column] = message.at();
                message.skip(lengths[column]);
                valueBytes += lengths[column];
            }
        }
    }

    private void ensureRoom() {
        if (size > kinds.length) {
            kinds = new byte[size];
            starts = new int[size];
            lengths = new int[size];
        }
    }

    /** There is no row. */
    void clear() {
        size = 0;
    }

    /** The number of columns; 0 if there is no row. */
    int size() {
        return size;
    }

    /** What the values take together. */
    int bytesOfValues() {
        return valueBytes;
    }

    byte[] bytes() {
        return bytes;
    }

    /** What there is of {@code column}: one of the constants. */
    byte kind(int column) {
        return kinds[column];
    }

    /** Whether {@code column} has the value that it has in {@code other}, or keeps it. */
    boolean keeps(int column, ReplicationTuple other) {
        byte kind = kinds[column];
        if (kind == UNCHANGED || (kind == NULL && other.kinds[column] == NULL)) {
            return true;
        }
        return kind == other.kinds[column]
                && Arrays.equals(
                        bytes,
                        starts[column],
                        starts[column] + lengths[column],
                        other.bytes,
                        other.starts[column],
                        other.starts[column] + other.lengths[column]);
    }

    /** Values that are unchanged are those of {@code before}, which is the whole row of the same message. */
    void fillFrom(ReplicationTuple before) {
        for (int column = 0; column < size; column++) {
            if (kinds[column] == UNCHANGED && column < before.size) {
                kinds[column] = before.kinds[column];
                starts[column] = before.starts[column];
                lengths[column] = before.lengths[column];
            }
        }
    }

    /** Whether the value of a column is not known, as it is what it was. */
    boolean hasUnchanged() {
        for (int column = 0; column < size; column++) {
            if (kinds[column] == UNCHANGED) {
                return true;
            }
        }
        return false;
    }

    int start(int column) {
        return starts[column];
    }

    int length(int column) {
        return lengths[column];
    }
}
