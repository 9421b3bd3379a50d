package dev.penstock.dataflow.operator;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The values of the key columns of a row, in bytes that are the same on every host, engine and release: state is found
 * by them. {@link KeyEncoder} makes them.
 *
 * <p>Not thread safe, for bytes and hash are computed when they are asked for.
 */
public final class Key implements Comparable<Key> {
    /** Stands in {@link #value} for not knowing it. */
    private static final Object UNKNOWN = new Object();

    private final @Nullable Object value;
    private byte @Nullable [] bytes;
    private long hash;

    private Key(@Nullable Object value, byte @Nullable [] bytes) {
        this.value = value;
        this.bytes = bytes;
    }

    /** The key of {@code bytes}, which are kept, not copied. */
    public static Key of(byte[] bytes) {
        return new Key(UNKNOWN, requireNonNull(bytes, "bytes"));
    }

    /**
     * The key of rows that are keyed by one column of objects, with {@code value} in it.
     *
     * @param value a text, a whole number or null
     */
    public static Key ofValue(@Nullable Object value) {
        return new Key(value instanceof Integer number ? (Object) number.longValue() : value, null);
    }

    /** The bytes; not to be changed. */
    public byte[] bytes() {
        byte[] known = bytes;
        if (known == null) {
            known = ObjectKeys.bytes(value);
            bytes = known;
        }
        return known;
    }

    /** Spreads keys over workers; stable like the bytes, see {@link KeyHash}. */
    public long hash() {
        if (hash == 0) {
            hash = KeyHash.of(bytes(), 0, bytes().length);
        }
        return hash;
    }

    /** The values, for people and for rows to emit; whole numbers are longs, fractions doubles. */
    public @Nullable Object[] values() {
        return value == UNKNOWN ? KeyDecoder.values(bytes()) : new @Nullable Object[] {value};
    }

    /** By the bytes, unsigned; not the order of the values. */
    @Override
    public int compareTo(Key other) {
        return Arrays.compareUnsigned(bytes(), other.bytes());
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key that && Arrays.equals(bytes(), that.bytes());
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash());
    }

    @Override
    public String toString() {
        try {
            return Arrays.toString(values());
        } catch (IllegalArgumentException e) {
            return "0x" + HexFormat.of().formatHex(bytes());
        }
    }
}
