package org.apache.hadoop.io.compress;

import org.jspecify.annotations.Nullable;

/** Hands out compressors and decompressors. Each is made when it is asked for and ended when it comes back. */
public final class CodecPool {
    private CodecPool() {}

    /** A compressor of {@code codec}; null if its streams need none. */
    public static @Nullable Compressor getCompressor(CompressionCodec codec) {
        return codec.createCompressor();
    }

    /** A decompressor of {@code codec}; null if its streams need none. */
    public static @Nullable Decompressor getDecompressor(CompressionCodec codec) {
        return codec.createDecompressor();
    }

    /** Takes {@code compressor} back. */
    public static void returnCompressor(Compressor compressor) {
        compressor.end();
    }

    /** Takes {@code decompressor} back. */
    public static void returnDecompressor(Decompressor decompressor) {
        decompressor.end();
    }
}
