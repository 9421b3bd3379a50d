package dev.penstock.connector.postgres;

import java.util.List;

/**
 * Keys, as text.
 *
 * @param after the range is behind this one; empty if it begins with the first key
 * @param last the last one of the range; empty if there is no end
 */
record SnapshotRange(List<String> after, List<String> last) {
    SnapshotRange {
        after = List.copyOf(after);
        last = List.copyOf(last);
    }
}
