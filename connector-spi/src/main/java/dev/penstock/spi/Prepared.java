package dev.penstock.spi;

import static java.util.Objects.requireNonNull;

/**
 * What a writer made ready, and how to commit it: bytes that another process can use (ST-03).
 *
 * @param epoch the epoch it belongs to
 * @param writer the index of the writer
 * @param handle all that the commit needs
 * @param rows how many rows it holds
 * @param bytes how many bytes it takes in the target
 */
public record Prepared(EpochId epoch, int writer, ResumeState handle, long rows, long bytes) {
    public Prepared {
        requireNonNull(epoch, "epoch");
        requireNonNull(handle, "handle");
    }
}
