package dev.penstock.format.records;

import java.io.IOException;

/** Bytes that come one after another. */
@FunctionalInterface
public interface ByteSource {
    /** Reads up to {@code length} bytes, at least one; -1 if there are no more for now. */
    int read(byte[] into, int from, int length) throws IOException;
}
