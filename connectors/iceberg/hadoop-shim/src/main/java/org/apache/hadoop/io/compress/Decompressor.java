package org.apache.hadoop.io.compress;

import java.io.IOException;

/** Decompresses what it is given, piece by piece. */
public interface Decompressor {
    /** The next bytes to decompress. */
    void setInput(byte[] bytes, int offset, int length);

    /** Whether it waits for input. */
    boolean needsInput();

    /** What matches may refer to. */
    void setDictionary(byte[] bytes, int offset, int length);

    /** Whether it waits for a dictionary. */
    boolean needsDictionary();

    /** Whether all is out. */
    boolean finished();

    /** The next decompressed bytes: how many there are. */
    int decompress(byte[] bytes, int offset, int length) throws IOException;

    /** How many bytes of input are left. */
    int getRemaining();

    /** Begins anew. */
    void reset();

    /** Ends it for good. */
    void end();
}
