package dev.penstock.connector.postgres;

import org.jspecify.annotations.Nullable;

/**
 * A part of a table that is being read: asked for by the reader of changes, read by a thread of
 * {@link SnapshotReaders}, and given when its mark has come along the stream.
 */
final class SnapshotPart {
    private final SnapshotScan scan;
    private final long number;
    private volatile @Nullable SnapshotRange range;
    private volatile @Nullable SnapshotChunk chunk;
    private boolean marked;
    private long askedAt;

    /**
     * A part to be read.
     *
     * @param scan of its table
     * @param number the place among the parts of the table
     * @param askedAt how many changes had come when it was asked for
     */
    SnapshotPart(SnapshotScan scan, long number, long askedAt) {
        this.scan = scan;
        this.number = number;
        this.askedAt = askedAt;
    }

    SnapshotScan scan() {
        return scan;
    }

    long number() {
        return number;
    }

    long askedAt() {
        return askedAt;
    }

    /** Where it begins and ends; null until that is known. */
    @Nullable SnapshotRange range() {
        return range;
    }

    void range(SnapshotRange found) {
        range = found;
    }

    /** Whether there is nothing of the table left for it: it will never be read. */
    boolean isBehindEnd() {
        return scan.isExhausted() && range == null; // in this order, as the last range comes before the end is known
    }

    /** What was read; null until then. */
    @Nullable SnapshotChunk chunk() {
        return chunk;
    }

    void read(SnapshotChunk found) {
        chunk = found;
    }

    /** Everything that was committed before it was read has come along the stream. */
    void marked() {
        marked = true;
    }

    boolean isReady() {
        return marked && chunk != null;
    }

    /** It must be read once more. */
    void again(long now) {
        chunk = null;
        marked = false;
        askedAt = now;
    }
}
