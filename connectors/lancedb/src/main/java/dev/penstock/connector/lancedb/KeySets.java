package dev.penstock.connector.lancedb;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which rows go: those with one of some keys, and those that a delete names.
 *
 * @param keyColumns the columns of {@code keys}
 * @param deleteColumns the columns of {@code deletes}
 */
record KeySets(List<String> keyColumns, List<String> deleteColumns, Set<KeyBytes> keys, Set<KeyBytes> deletes) {
    KeySets(List<String> keyColumns, List<String> deleteColumns) {
        this(keyColumns, deleteColumns, new HashSet<>(), new HashSet<>());
    }

    boolean isEmpty() {
        return keys.isEmpty() && deletes.isEmpty();
    }

    int size() {
        return keys.size() + deletes.size();
    }

    /** The columns to look at, each once. */
    List<String> columns() {
        return java.util.stream.Stream.concat(keyColumns.stream(), deleteColumns.stream())
                .distinct()
                .toList();
    }

    /** Tells which rows of one batch go. */
    Test test(dev.penstock.spi.data.RecordBatch batch) {
        return new Test(new KeyEncoder(batch, keyColumns), new KeyEncoder(batch, deleteColumns));
    }

    /** Tells which rows of one batch go. */
    final class Test {
        private final KeyEncoder key;
        private final KeyEncoder delete;

        private Test(KeyEncoder key, KeyEncoder delete) {
            this.key = key;
            this.delete = delete;
        }

        boolean goes(int row) {
            return (!keys.isEmpty() && !key.hasNull(row) && keys.contains(key.encode(row)))
                    || (!deletes.isEmpty() && !delete.hasNull(row) && deletes.contains(delete.encode(row)));
        }
    }
}
