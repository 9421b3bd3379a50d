package org.apache.hadoop.io.compress;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;

/** Compresses with a {@link Compressor}. */
public class CompressorStream extends CompressionOutputStream {
    protected Compressor compressor;
    protected byte[] buffer;
    protected boolean closed;

    /** A stream into {@code out} by pieces of {@code bufferSize} bytes. */
    public CompressorStream(OutputStream out, Compressor compressor, int bufferSize) {
        super(out);
        this.compressor = requireNonNull(compressor, "compressor");
        this.buffer = new byte[bufferSize];
    }

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        compressor.setInput(bytes, offset, length);
        while (!compressor.needsInput()) {
            compress();
        }
    }

    /** Writes the next piece. */
    protected void compress() throws IOException {
        int length = compressor.compress(buffer, 0, buffer.length);
        if (length > 0) {
            out.write(buffer, 0, length);
        }
    }

    @Override
    public void finish() throws IOException {
        if (!compressor.finished()) {
            compressor.finish();
            while (!compressor.finished()) {
                compress();
            }
        }
    }

    @Override
    public void resetState() {
        compressor.reset();
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            super.close();
        }
    }
}
