package dev.penstock.engine.embedded.store;

import dev.penstock.dataflow.operator.TimeDomain;
import java.sql.SQLException;
import java.util.Arrays;
import org.sqlite.SQLiteErrorCode;

/**
 * Walks over the entries of a block, which are sorted by key: the length of the key, the length of the value and which
 * times follow in one number, those times, the key, the value. Numbers have seven bits a byte, lowest first, the
 * highest bit saying that more follow; times are longs. Not thread safe.
 */
final class BlockCursor {
    static final int WITH_EXPIRES = 1;
    static final int WITH_EVENT_DUE = 2;
    static final int WITH_CLOCK_DUE = 4;
    static final int TIME_BITS = 3;

    /** Stands for a time that an entry does not have. */
    static final long NEVER = Long.MAX_VALUE;

    private static final byte[] EMPTY = {};

    private byte[] block;
    private int end;
    private int at;
    private int from;
    private int keyFrom;
    private int valueFrom;
    private long expires;
    private long eventDue;
    private long clockDue;

    /** Before the first entry of {@code block}. */
    BlockCursor(byte[] block) {
        this(block, 0, block.length);
    }

    /** Before the first of the entries that lie from {@code from} to {@code end}. */
    BlockCursor(byte[] block, int from, int end) {
        this.block = block;
        this.at = from;
        this.end = end;
    }

    /** At no entry, see {@link #moveTo}. */
    BlockCursor() {
        this(EMPTY);
    }

    /** Goes to the entry that begins at {@code place}, which is whole. */
    void moveTo(byte[] of, int place) {
        block = of;
        end = of.length;
        at = place;
        try {
            next();
        } catch (SQLException e) {
            throw new IllegalStateException("Cannot read a change that was just written", e);
        }
    }

    /**
     * Where the key of the entry lies that begins at {@code place}: from where in the upper half, to where in the
     * lower.
     */
    static long keyRange(byte[] block, int place) {
        int keyLength = 0;
        int at = place;
        for (int shift = 0; ; shift += 7) {
            byte part = block[at++];
            keyLength |= (part & 0x7F) << shift;
            if (part >= 0) {
                break;
            }
        }
        int times = block[at] & (1 << TIME_BITS) - 1;
        while (block[at++] < 0) {
            // the length of the value does not matter
        }
        at += Integer.bitCount(times) * Long.BYTES;
        return (long) at << Integer.SIZE | at + keyLength;
    }

    /** Goes on to the next entry; says whether there is one. */
    boolean next() throws SQLException {
        from = at;
        if (at >= end) {
            return false;
        }
        int keyLength = number();
        int lengthAndTimes = number();
        int valueLength = lengthAndTimes >>> TIME_BITS;
        expires = (lengthAndTimes & WITH_EXPIRES) == 0 ? NEVER : time();
        eventDue = (lengthAndTimes & WITH_EVENT_DUE) == 0 ? NEVER : time();
        clockDue = (lengthAndTimes & WITH_CLOCK_DUE) == 0 ? NEVER : time();
        keyFrom = at;
        valueFrom = keyFrom + keyLength;
        at = valueFrom + valueLength;
        if (keyLength < 0 || valueFrom < keyFrom || at < valueFrom || at > end) {
            throw damaged();
        }
        return true;
    }

    private int number() throws SQLException {
        int number = 0;
        for (int shift = 0; at < end && shift < Integer.SIZE; shift += 7) {
            byte part = block[at++];
            number |= (part & 0x7F) << shift;
            if (part >= 0) {
                return number;
            }
        }
        throw damaged();
    }

    private long time() throws SQLException {
        if (end - at < Long.BYTES) {
            throw damaged();
        }
        long time = BlockBuffer.longAt(block, at);
        at += Long.BYTES;
        return time;
    }

    private static SQLException damaged() {
        return new SQLException("a block of keys is cut off", "", SQLiteErrorCode.SQLITE_CORRUPT.code);
    }

    /** Compares the key of the entry with {@code other}. */
    int compareKey(byte[] other) {
        return Arrays.compareUnsigned(block, keyFrom, valueFrom, other, 0, other.length);
    }

    /** Compares the key of the entry with that of the entry at {@code other}. */
    int compareKey(BlockCursor other) {
        return Arrays.compareUnsigned(block, keyFrom, valueFrom, other.block, other.keyFrom, other.valueFrom);
    }

    byte[] key() {
        return Arrays.copyOfRange(block, keyFrom, valueFrom);
    }

    byte[] value() {
        return Arrays.copyOfRange(block, valueFrom, at);
    }

    /** When it is dropped, in milliseconds, or {@link #NEVER}. */
    long expires() {
        return expires;
    }

    /** When the first of its timers of event time is due, in microseconds, or {@link #NEVER}. */
    long eventDue() {
        return eventDue;
    }

    /** When the first of its timers of the wall clock is due, in microseconds, or {@link #NEVER}. */
    long clockDue() {
        return clockDue;
    }

    /** When the first of its timers of {@code domain} is due, in microseconds, or {@link #NEVER}. */
    long due(TimeDomain domain) {
        return domain == TimeDomain.EVENT ? eventDue : clockDue;
    }

    boolean isLive(long nowMillis) {
        return expires > nowMillis;
    }

    /** Where the entry begins in the block. */
    int from() {
        return from;
    }

    /** Where it ends. */
    int to() {
        return at;
    }

    byte[] block() {
        return block;
    }
}
