package dev.penstock.format.protobuf;

import dev.penstock.spi.format.BadRecordException;

/** Takes the bytes of messages apart. Nothing that a message claims about its size is believed unchecked. */
final class ProtoInput {
    static final int VARINT = 0;
    static final int FIXED64 = 1;
    static final int BYTES = 2;
    static final int START_GROUP = 3;
    static final int END_GROUP = 4;
    static final int FIXED32 = 5;

    private static final int MAX_DEPTH = 100;

    private byte[] data = new byte[0];
    private int position;
    private int end;

    /** Goes to byte {@code from} of {@code bytes}, to end before {@code to}. */
    void start(byte[] bytes, int from, int to) {
        data = bytes;
        position = from;
        end = to;
    }

    byte[] data() {
        return data;
    }

    int position() {
        return position;
    }

    boolean atEnd() {
        return position >= end;
    }

    static BadRecordException endsEarly() {
        return new BadRecordException("ends early");
    }

    long readVarint() {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (position >= end) {
                throw endsEarly();
            }
            byte next = data[position++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new BadRecordException("has a number of more than 64 bits");
    }

    /** The number and wire type of the next field. */
    int readTag() {
        long tag = readVarint();
        if (tag >>> 3 == 0 || tag >>> 32 != 0) {
            throw new BadRecordException("has a field with an impossible number");
        }
        return (int) tag;
    }

    int readFixed32() {
        int at = take(Integer.BYTES);
        return (data[at] & 0xff) | ((data[at + 1] & 0xff) << 8) | ((data[at + 2] & 0xff) << 16) | (data[at + 3] << 24);
    }

    long readFixed64() {
        long low = readFixed32() & 0xffff_ffffL;
        return low | ((long) readFixed32() << 32);
    }

    /** Passes {@code length} bytes and gives where they start. */
    int take(long length) {
        if (length < 0 || length > end - position) {
            throw length < 0 ? new BadRecordException("has a negative length") : endsEarly();
        }
        int start = position;
        position += (int) length;
        return start;
    }

    /** Reads over the value of a field whose tag was read. */
    void skip(int tag) {
        skip(tag, 0);
    }

    private void skip(int tag, int depth) {
        switch (tag & 7) {
            case VARINT -> readVarint();
            case FIXED64 -> take(Long.BYTES);
            case BYTES -> take(readVarint());
            case FIXED32 -> take(Integer.BYTES);
            case START_GROUP -> skipGroup(tag, depth);
            default -> throw new BadRecordException("has a field of an impossible type");
        }
    }

    private void skipGroup(int start, int depth) {
        if (depth == MAX_DEPTH) {
            throw new BadRecordException("is nested more than " + MAX_DEPTH + " levels deep");
        }
        int tag = readTag();
        while ((tag & 7) != END_GROUP) {
            skip(tag, depth + 1);
            tag = readTag();
        }
        if (tag >>> 3 != start >>> 3) {
            throw new BadRecordException("has a group that another one ends");
        }
    }
}
