package org.apache.hadoop.io.compress;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;

/** Decompresses another stream. */
public abstract class CompressionInputStream extends InputStream {
    protected final InputStream in;

    protected CompressionInputStream(InputStream in) {
        this.in = requireNonNull(in, "in");
    }

    /** Begins anew. */
    public abstract void resetState() throws IOException;

    @Override
    public void close() throws IOException {
        in.close();
    }
}
