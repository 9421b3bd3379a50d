package org.apache.hadoop.io.compress;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.OutputStream;

/** Compresses into another stream. */
public abstract class CompressionOutputStream extends OutputStream {
    protected final OutputStream out;

    protected CompressionOutputStream(OutputStream out) {
        this.out = requireNonNull(out, "out");
    }

    /** Writes what is held back, and leaves the other stream open. */
    public abstract void finish() throws IOException;

    /** Begins anew. */
    public abstract void resetState() throws IOException;

    @Override
    public void flush() throws IOException {
        out.flush();
    }

    @Override
    public void close() throws IOException {
        finish();
        out.close();
    }
}
