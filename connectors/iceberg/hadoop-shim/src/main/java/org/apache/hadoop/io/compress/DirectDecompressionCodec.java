package org.apache.hadoop.io.compress;

/** A codec that can also decompress memory outside of the heap. */
public interface DirectDecompressionCodec extends CompressionCodec {
    /** A new decompressor of such memory. */
    DirectDecompressor createDirectDecompressor();
}
