package org.apache.hadoop.fs;

/** Chooses among files. */
public interface PathFilter {
    /** Whether {@code path} is wanted. */
    boolean accept(Path path);
}
