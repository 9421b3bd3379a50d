package dev.penstock.connector.lancedb;

import java.util.List;
import java.util.stream.Stream;

/**
 * All that a commit needs to know of what a writer did in an epoch.
 *
 * @param tableId of the table it was written for
 * @param columns the columns of the data files, nested ones as {@code outer.inner}, each before those inside it
 * @param key the columns that tell rows apart; empty if rows are only added
 * @param deleteBy the columns that deletes go by
 * @param segments in the order of writing
 */
record Handle(String tableId, List<String> columns, List<String> key, List<String> deleteBy, List<Segment> segments) {
    Handle {
        columns = List.copyOf(columns);
        key = List.copyOf(key);
        deleteBy = List.copyOf(deleteBy);
        segments = List.copyOf(segments);
    }

    boolean isUpsert() {
        return !key.isEmpty();
    }

    Stream<StagedFragment> fragments() {
        return segments.stream().flatMap(segment -> segment.fragments().stream());
    }
}
