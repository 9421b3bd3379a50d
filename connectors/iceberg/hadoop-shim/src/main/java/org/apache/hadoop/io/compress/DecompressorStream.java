package org.apache.hadoop.io.compress;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Decompresses with a {@link Decompressor}. */
public class DecompressorStream extends CompressionInputStream {
    protected Decompressor decompressor;
    protected byte[] buffer;
    protected boolean eof;
    protected boolean closed;

    /** A stream of {@code in} by pieces of {@code bufferSize} bytes. */
    public DecompressorStream(InputStream in, Decompressor decompressor, int bufferSize) throws IOException {
        super(in);
        this.decompressor = requireNonNull(decompressor, "decompressor");
        this.buffer = new byte[bufferSize];
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        while (!eof) {
            int count = decompressor.decompress(bytes, offset, length);
            if (count > 0 || length == 0) {
                return count;
            }
            eof = decompressor.finished();
            if (!eof && decompressor.needsInput()) {
                feed();
            }
        }
        return -1;
    }

    private void feed() throws IOException {
        int count = getCompressedData();
        if (count < 0) {
            throw new EOFException("Cannot decompress a stream: it ends too early");
        }
        decompressor.setInput(buffer, 0, count);
    }

    /** Reads the next piece into {@code buffer}: its length, or -1 at the end. */
    protected int getCompressedData() throws IOException {
        return in.read(buffer, 0, buffer.length);
    }

    @Override
    public void resetState() {
        eof = false;
        decompressor.reset();
    }

    @Override
    public void close() throws IOException {
        if (!closed) {
            closed = true;
            super.close();
        }
    }
}
