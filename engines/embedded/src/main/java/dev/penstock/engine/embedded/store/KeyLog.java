package dev.penstock.engine.embedded.store;

import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import dev.penstock.engine.embedded.store.SealedEpoch.KeyTimes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Changes of the keys of one step as bytes, one after the other in large pieces: a million of them are a few dozen
 * objects. Each is an entry as in a block, see {@link BlockCursor}; that of a dropped key has no value.
 *
 * <p><b>Order of calls:</b> {@code (times? (put | drop))*}. Not thread safe; may be read by several threads once
 * nothing is added any more.
 */
public final class KeyLog implements KeySort.Keys {
    private static final int FIRST_PIECE = 1 << 10;
    private static final int LARGEST_PIECE = 1 << 20;
    private static final int FIRST_CAPACITY = 16;
    private static final int MOST_OF_A_HEAD = 2 * 5 + 3 * Long.BYTES;
    private static final long LOW = 0xFFFF_FFFFL;

    private final String stepId;
    private final List<byte[]> pieces = new ArrayList<>();
    private byte[] piece = {};
    private int at;

    /** By change: its piece in the upper half, where in it the change begins in the lower. */
    private long[] places = new long[FIRST_CAPACITY];

    private final BitSet drops = new BitSet();
    private int size;
    private long bytes;
    private long expires = BlockCursor.NEVER;
    private long eventDue = BlockCursor.NEVER;
    private long clockDue = BlockCursor.NEVER;

    /** No changes of step {@code stepId}. */
    public KeyLog(String stepId) {
        this.stepId = stepId;
    }

    /** The changes of {@code logs}, all of one step, one log after the other. They are not copied. */
    static KeyLog joined(List<KeyLog> logs) {
        if (logs.size() == 1) {
            return logs.get(0);
        }
        KeyLog joined = new KeyLog(logs.get(0).stepId);
        joined.places = new long[logs.stream().mapToInt(KeyLog::size).sum()];
        for (KeyLog log : logs) {
            joined.append(log);
        }
        joined.piece = new byte[0]; // what is added goes into a piece of its own
        joined.at = 0;
        return joined;
    }

    private void append(KeyLog log) {
        long base = (long) pieces.size() << Integer.SIZE;
        for (int i = 0; i < log.size; i++) {
            places[size + i] = base + log.places[i];
        }
        log.drops.stream().forEach(dropped -> drops.set(size + dropped));
        pieces.addAll(log.pieces);
        size += log.size;
        bytes += log.bytes;
    }

    String stepId() {
        return stepId;
    }

    @Override
    public int size() {
        return size;
    }

    /** How many bytes the changes take, and the notes where they are. */
    long bytes() {
        return bytes;
    }

    /**
     * When something is to happen by itself to the key that is put next, in milliseconds and in microseconds since
     * 1970, or {@link Long#MAX_VALUE} for never; see {@link KeyTimes}.
     */
    public void times(long expiresMillis, long firstEventDue, long firstClockDue) {
        expires = expiresMillis;
        eventDue = firstEventDue;
        clockDue = firstClockDue;
    }

    /** The key in the first {@code keyLength} of {@code key} has a new value, the first bytes of {@code value}. */
    public void put(byte[] key, int keyLength, byte[] value, int valueLength) {
        begin(keyLength, valueLength);
        int times = (expires == BlockCursor.NEVER ? 0 : BlockCursor.WITH_EXPIRES)
                | (eventDue == BlockCursor.NEVER ? 0 : BlockCursor.WITH_EVENT_DUE)
                | (clockDue == BlockCursor.NEVER ? 0 : BlockCursor.WITH_CLOCK_DUE);
        number(keyLength);
        number(valueLength << BlockCursor.TIME_BITS | times);
        time(expires);
        time(eventDue);
        time(clockDue);
        write(key, keyLength);
        write(value, valueLength);
        end();
    }

    /** The key in the first {@code keyLength} of {@code key} is dropped. */
    public void drop(byte[] key, int keyLength) {
        drops.set(size);
        begin(keyLength, 0);
        number(keyLength);
        number(0);
        write(key, keyLength);
        end();
    }

    /** Adds a change, whatever its step. */
    public void add(KeyChange change) {
        if (change.value().isEmpty()) {
            drop(change.key(), change.key().length);
            return;
        }
        KeyTimes when = change.times();
        times(orNever(when.expiresMillis()), orNever(when.eventDue()), orNever(when.clockDue()));
        byte[] value = change.value().get();
        put(change.key(), change.key().length, value, value.length);
    }

    private static long orNever(OptionalLong time) {
        return time.orElse(BlockCursor.NEVER);
    }

    /** Adds the changes of another log of the step. */
    void addAll(KeyLog log) {
        BlockCursor cursor = new BlockCursor();
        for (int i = 0; i < log.size; i++) {
            log.show(i, cursor);
            if (log.isDrop(i)) {
                drops.set(size);
            }
            add(cursor);
        }
    }

    /** Adds the change at {@code cursor}, which is a new value unless the caller has noted something else. */
    void add(BlockCursor cursor) {
        begin(cursor.to() - cursor.from(), 0);
        System.arraycopy(cursor.block(), cursor.from(), piece, at, cursor.to() - cursor.from());
        at += cursor.to() - cursor.from();
        end();
    }

    private void begin(int keyLength, int valueLength) {
        int most = Math.addExact(MOST_OF_A_HEAD + keyLength, valueLength);
        if (most > piece.length - at) {
            int usual = Math.min(LARGEST_PIECE, Math.max(FIRST_PIECE, 2 * piece.length));
            piece = new byte[Math.max(most, usual)];
            pieces.add(piece);
            at = 0;
        }
        if (size == places.length) {
            places = Arrays.copyOf(places, Math.max(FIRST_CAPACITY, 2 * size));
        }
        places[size] = (long) (pieces.size() - 1) << Integer.SIZE | at;
    }

    private void end() {
        bytes += Long.BYTES + at - (places[size] & LOW);
        size++;
        times(BlockCursor.NEVER, BlockCursor.NEVER, BlockCursor.NEVER);
    }

    private void number(int number) {
        int rest = number;
        while ((rest & ~0x7F) != 0) {
            piece[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        piece[at++] = (byte) rest;
    }

    private void time(long time) {
        if (time != BlockCursor.NEVER) {
            BlockBuffer.longAt(piece, at, time);
            at += Long.BYTES;
        }
    }

    private void write(byte[] source, int length) {
        System.arraycopy(source, 0, piece, at, length);
        at += length;
    }

    /** Whether the key of a change is dropped. */
    boolean isDrop(int index) {
        return drops.get(index);
    }

    /** Puts {@code cursor} at a change. */
    void show(int index, BlockCursor cursor) {
        cursor.moveTo(block(index), (int) places[index]);
    }

    @Override
    public byte[] block(int index) {
        return pieces.get((int) (places[index] >>> Integer.SIZE));
    }

    @Override
    public long range(int index) {
        return BlockCursor.keyRange(block(index), (int) places[index]);
    }

    /** The key of a change. */
    public byte[] key(int index) {
        long range = range(index);
        return Arrays.copyOfRange(block(index), (int) (range >>> Integer.SIZE), (int) range);
    }

    KeyChange change(int index) {
        if (isDrop(index)) {
            return new KeyChange(stepId, key(index), Optional.empty());
        }
        BlockCursor cursor = new BlockCursor();
        show(index, cursor);
        KeyTimes times = new KeyTimes(given(cursor.expires()), given(cursor.eventDue()), given(cursor.clockDue()));
        return new KeyChange(stepId, cursor.key(), Optional.of(cursor.value()), times);
    }

    private static OptionalLong given(long time) {
        return time == BlockCursor.NEVER ? OptionalLong.empty() : OptionalLong.of(time);
    }
}
