package org.apache.hadoop.fs;

/** What a file system says of a file; there is no file system, and none of these. */
public class FileStatus {
    private FileStatus() {}
}
