package org.apache.hadoop.fs;

import java.io.DataInputStream;
import java.io.InputStream;

/** A file that is read; Iceberg asks whether a stream is one, and none is. */
public class FSDataInputStream extends DataInputStream {
    protected FSDataInputStream(InputStream in) {
        super(in);
    }
}
