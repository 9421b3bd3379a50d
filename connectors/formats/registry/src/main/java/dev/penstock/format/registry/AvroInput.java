package dev.penstock.format.registry;

import dev.penstock.spi.format.BadRecordException;

/**
 * The bytes of one record in Avro, read from front to back. Nothing that a record claims about its own size is believed
 * before it was compared with what is there. Not thread safe.
 */
public final class AvroInput {
    private static final int MAX_DEPTH = 500;
    /** How many elements without a byte, such as nulls, a record may hold. */
    private static final long MAX_EMPTY_ELEMENTS = 1 << 16;

    private byte[] data = new byte[0];
    private int position;
    private int end;
    private int depth;
    private long emptyElements;

    /** Starts at byte {@code from} of {@code bytes}, to end before {@code to}. */
    public void start(byte[] bytes, int from, int to) {
        data = bytes;
        position = from;
        end = to;
        depth = 0;
        emptyElements = 0;
    }

    /** The bytes being read. */
    public byte[] data() {
        return data;
    }

    /** Where the next value starts. */
    public int position() {
        return position;
    }

    /** Refuses bytes behind the last value. */
    public void requireEnd() {
        if (position != end) {
            throw new BadRecordException("has " + (end - position) + " bytes behind its end");
        }
    }

    /** Goes one record deeper. */
    public void enter() {
        if (++depth > MAX_DEPTH) {
            throw new BadRecordException("is nested more than " + MAX_DEPTH + " levels deep");
        }
    }

    /** Comes back from a record. */
    public void leave() {
        depth--;
    }

    /** Passes {@code length} bytes and gives where they start. */
    public int take(long length) {
        if (length < 0) {
            throw new BadRecordException("has a negative length");
        }
        if (length > end - position) {
            throw endsEarly();
        }
        int start = position;
        position += (int) length;
        return start;
    }

    private static BadRecordException endsEarly() {
        return new BadRecordException("ends early");
    }

    /** Takes a boolean. */
    public boolean readBoolean() {
        if (position >= end) {
            throw endsEarly();
        }
        byte value = data[position++];
        if (value != 0 && value != 1) {
            throw new BadRecordException("has a boolean that is neither 0 nor 1");
        }
        return value == 1;
    }

    /** Takes an int. */
    public int readInt() {
        long value = readLong();
        if (value != (int) value) {
            throw new BadRecordException("has an int of more than 32 bits");
        }
        return (int) value;
    }

    /** Takes a long, or an int. */
    public long readLong() {
        int at = position;
        if (at < end && data[at] >= 0) {
            position = at + 1;
            long single = data[at];
            return (single >>> 1) ^ -(single & 1);
        }
        long raw = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            if (at >= end) {
                throw endsEarly();
            }
            byte next = data[at++];
            raw |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                if (shift == 63 && next > 1) {
                    break;
                }
                position = at;
                return (raw >>> 1) ^ -(raw & 1);
            }
        }
        throw new BadRecordException("has a number of more than 64 bits");
    }

    /** Takes a float. */
    public float readFloat() {
        int at = take(Float.BYTES);
        return Float.intBitsToFloat(littleEndian(at));
    }

    /** Takes a double. */
    public double readDouble() {
        int at = take(Double.BYTES);
        return Double.longBitsToDouble((littleEndian(at) & 0xffff_ffffL) | ((long) littleEndian(at + 4) << 32));
    }

    private int littleEndian(int at) {
        return (data[at] & 0xff) | ((data[at + 1] & 0xff) << 8) | ((data[at + 2] & 0xff) << 16) | (data[at + 3] << 24);
    }

    /** The number of a branch or symbol, of which there are {@code count}. */
    public int readIndex(int count, String of) {
        long index = readLong();
        if (index < 0 || index >= count) {
            throw new BadRecordException("names " + of + " that its schema does not have");
        }
        return (int) index;
    }

    /**
     * The number of elements in the next block; 0 at the end.
     *
     * @param smallest how many bytes an element takes at least
     */
    public long readBlock(int smallest) {
        long count = readLong();
        if (count < 0) {
            if (count == Long.MIN_VALUE) {
                throw new BadRecordException("has a negative length");
            }
            count = -count;
            long bytes = readLong();
            if (bytes < 0 || bytes > end - position) {
                throw endsEarly();
            }
        }
        if (smallest > 0 && count > (end - position) / smallest) {
            throw endsEarly();
        }
        if (smallest == 0) {
            emptyElements += count;
            if (emptyElements > MAX_EMPTY_ELEMENTS || count > MAX_EMPTY_ELEMENTS) {
                throw new BadRecordException("has more than " + MAX_EMPTY_ELEMENTS + " elements without a byte");
            }
        }
        return count;
    }
}
