package org.apache.hadoop.io.compress;

import java.io.IOException;

/** Compresses what it is given, piece by piece. */
public interface Compressor {
    /** The next bytes to compress. */
    void setInput(byte[] bytes, int offset, int length);

    /** Whether it waits for input. */
    boolean needsInput();

    /** What matches may refer to. */
    void setDictionary(byte[] bytes, int offset, int length);

    /** How many bytes came in. */
    long getBytesRead();

    /** How many bytes went out. */
    long getBytesWritten();

    /** No input follows. */
    void finish();

    /** Whether all is out. */
    boolean finished();

    /** The next compressed bytes: how many there are. */
    int compress(byte[] bytes, int offset, int length) throws IOException;

    /** Begins anew. */
    void reset();

    /** Ends it for good. */
    void end();

    /** Begins anew with other settings. */
    void reinit(org.apache.hadoop.conf.Configuration conf);
}
