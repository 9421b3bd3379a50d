package dev.penstock.spi;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * Where to go on, in bytes that only their connector reads: versioned, self-contained, immutable and small, at most 64
 * KiB (SP-04). No Java serialisation. No secrets.
 *
 * @param version of the format of {@code bytes}; a connector reads all versions it ever wrote (SP-08)
 * @param bytes copied on the way in and out
 */
public record ResumeState(int version, byte[] bytes) {
    public ResumeState {
        bytes = requireNonNull(bytes, "bytes").clone();
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The number of bytes. */
    public int size() {
        return bytes.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ResumeState that && version == that.version && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * version + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "state v" + version + ", " + bytes.length + " bytes";
    }
}
