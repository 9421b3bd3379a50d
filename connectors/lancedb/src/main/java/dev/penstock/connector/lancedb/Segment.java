package dev.penstock.connector.lancedb;

import java.util.List;

/**
 * A part of an epoch, folded: first what has {@link #deletes} or a key of the fragments' rows or of {@link #goneKeys}
 * goes, then the rows of the fragments come. No two of those rows have the same key.
 *
 * @param goneKeys keys that were written and deleted again within the segment
 */
record Segment(List<StagedFragment> fragments, List<KeyBytes> goneKeys, List<KeyBytes> deletes) {
    Segment {
        fragments = List.copyOf(fragments);
        goneKeys = List.copyOf(goneKeys);
        deletes = List.copyOf(deletes);
    }
}
