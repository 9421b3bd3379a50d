package dev.penstock.spi;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.data.Bytes;

/**
 * Something a source or a decoder could not make into a row.
 *
 * @param partition the id of the partition it was read from
 * @param position its place there for people, for example {@code byte 1812}
 * @param bytes what was found; cut off at {@link #MAX_BYTES}
 * @param cause what is wrong with it
 */
public record BadRow(String partition, String position, Bytes bytes, String cause) {
    /** The most bytes that are kept of a bad row. */
    public static final int MAX_BYTES = 64 * 1024;

    public BadRow {
        requireNonNull(partition, "partition");
        requireNonNull(position, "position");
        requireNonNull(bytes, "bytes");
        requireNonNull(cause, "cause");
    }
}
