package org.apache.hadoop.fs;

import java.io.DataOutputStream;
import java.io.OutputStream;

/** A file that is written; Iceberg asks whether a stream is one, and none is. */
public class FSDataOutputStream extends DataOutputStream {
    protected FSDataOutputStream(OutputStream out) {
        super(out);
    }
}
