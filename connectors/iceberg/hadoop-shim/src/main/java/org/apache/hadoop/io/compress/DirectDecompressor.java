package org.apache.hadoop.io.compress;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Decompresses from memory outside of the heap into such memory. */
public interface DirectDecompressor {
    /** Decompresses {@code source} into {@code target}. */
    void decompress(ByteBuffer source, ByteBuffer target) throws IOException;
}
