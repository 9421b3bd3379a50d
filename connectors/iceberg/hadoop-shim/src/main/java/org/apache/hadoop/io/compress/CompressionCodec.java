package org.apache.hadoop.io.compress;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A way of compressing, as streams around streams. */
public interface CompressionCodec {
    /** A stream that compresses into {@code out}. */
    CompressionOutputStream createOutputStream(OutputStream out) throws IOException;

    /** A stream that compresses into {@code out} with {@code compressor}. */
    CompressionOutputStream createOutputStream(OutputStream out, @Nullable Compressor compressor) throws IOException;

    /** The kind of compressor it makes; null if its streams need none. */
    @Nullable Class<? extends Compressor> getCompressorType();

    /** A new compressor; null if its streams need none. */
    @Nullable Compressor createCompressor();

    /** A stream that decompresses {@code in}. */
    CompressionInputStream createInputStream(InputStream in) throws IOException;

    /** A stream that decompresses {@code in} with {@code decompressor}. */
    CompressionInputStream createInputStream(InputStream in, @Nullable Decompressor decompressor) throws IOException;

    /** The kind of decompressor it makes; null if its streams need none. */
    @Nullable Class<? extends Decompressor> getDecompressorType();

    /** A new decompressor; null if its streams need none. */
    @Nullable Decompressor createDecompressor();

    /** The end of names of files that it compressed. */
    String getDefaultExtension();
}
