package dev.penstock.spi;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * A part of a source that is read on its own, in order.
 *
 * @param id stable and unique in its source, printable, at most 200 characters (SD-01)
 * @param descriptor what the source needs to find the partition again, opaque to the engine; copied in and out
 * @param bounded whether reading it comes to an end
 */
public record Partition(String id, byte[] descriptor, boolean bounded) {
    /** The most characters of an id. */
    public static final int MAX_ID_LENGTH = 200;

    public Partition {
        requireNonNull(id, "id");
        descriptor = descriptor.clone();
        if (id.isEmpty() || id.length() > MAX_ID_LENGTH) {
            throw new IllegalArgumentException("Cannot name a partition '" + id + "': 1 to 200 characters are needed");
        }
    }

    /** A partition that its id describes. */
    public static Partition of(String id, boolean bounded) {
        return new Partition(id, new byte[0], bounded);
    }

    @Override
    public byte[] descriptor() {
        return descriptor.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Partition that
                && id.equals(that.id)
                && bounded == that.bounded
                && Arrays.equals(descriptor, that.descriptor);
    }

    @Override
    public int hashCode() {
        return id.hashCode();
    }

    @Override
    public String toString() {
        return id;
    }
}
