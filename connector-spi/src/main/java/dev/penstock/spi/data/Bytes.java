package dev.penstock.spi.data;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.HexFormat;

/** A binary value that is immutable and compares by content. */
public final class Bytes {
    private static final int SHOWN = 32;

    private final byte[] value;

    private Bytes(byte[] value) {
        this.value = value;
    }

    /** A copy of {@code value}. */
    public static Bytes copyOf(byte[] value) {
        return new Bytes(requireNonNull(value, "value").clone());
    }

    /** A copy of the bytes. */
    public byte[] toArray() {
        return value.clone();
    }

    /** The number of bytes. */
    public int length() {
        return value.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && Arrays.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    /** The first bytes in hexadecimal, and how many there are. */
    @Override
    public String toString() {
        String shown = HexFormat.of().formatHex(value, 0, Math.min(SHOWN, value.length));
        return value.length <= SHOWN ? "0x" + shown : "0x" + shown + "… (" + value.length + " bytes)";
    }
}
