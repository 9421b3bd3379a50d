package dev.penstock.dataflow.operator;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The values of the key columns of a row, in bytes that are the same on every host, engine and release: state is found
 * by them. {@link KeyEncoder} makes them.
 */
public final class Key implements Comparable<Key> {
    private final byte[] bytes;
    private final long hash;

    private Key(byte[] bytes, long hash) {
        this.bytes = bytes;
        this.hash = hash;
    }

    /** The key of {@code bytes}, which are kept, not copied. */
    public static Key of(byte[] bytes) {
        return new Key(requireNonNull(bytes, "bytes"), KeyHash.of(bytes, 0, bytes.length));
    }

    /** The bytes; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** Spreads keys over workers; stable like the bytes, see {@link KeyHash}. */
    public long hash() {
        return hash;
    }

    /** The values, for people and for rows to emit; whole numbers are longs, fractions doubles. */
    public @Nullable Object[] values() {
        return KeyDecoder.values(bytes);
    }

    /** By the bytes, unsigned; not the order of the values. */
    @Override
    public int compareTo(Key other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash);
    }

    @Override
    public String toString() {
        try {
            return Arrays.toString(values());
        } catch (IllegalArgumentException e) {
            return "0x" + HexFormat.of().formatHex(bytes);
        }
    }
}
