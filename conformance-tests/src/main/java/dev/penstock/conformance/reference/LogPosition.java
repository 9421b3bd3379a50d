package dev.penstock.conformance.reference;

import java.nio.ByteBuffer;

/**
 * A place in a partition of a log, before an entry.
 *
 * @param group the number of a group of entries that were appended at once; they share it
 * @param within how many entries of that group are before this place
 */
record LogPosition(long group, int within) implements Comparable<LogPosition> {
    static final LogPosition START = new LogPosition(0, 0);
    static final int BYTES = Long.BYTES + Integer.BYTES;

    /** The place behind an entry that stands here. */
    LogPosition next() {
        return new LogPosition(group, within + 1);
    }

    byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(group).putInt(within).array();
    }

    static LogPosition of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new LogPosition(buffer.getLong(), buffer.getInt());
    }

    @Override
    public int compareTo(LogPosition other) {
        int groups = Long.compare(group, other.group);
        return groups != 0 ? groups : Integer.compare(within, other.within);
    }

    /** For people. */
    @Override
    public String toString() {
        return "position " + group + (within == 0 ? "" : ", " + within + " rows into it");
    }
}
