package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.KeyEncoder;
import dev.penstock.dataflow.operator.KeyedRows;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.List;

/** Sorts the rows of a batch by key: as linked rows, with arrays that are used again for each batch. */
final class KeyRowGroups<S> {
    private final int input;
    private final KeyEncoder encoder;
    private final List<KeyEntry<S>> entries = new ArrayList<>();
    private int[] next = new int[0];

    KeyRowGroups(int input, KeyEncoder encoder) {
        this.input = input;
        this.encoder = encoder;
    }

    /** The keys of {@code batch} in the order of their first rows, each knowing its rows; those in {@code state}. */
    List<KeyEntry<S>> group(RecordBatch batch, KeyedState<S> state) {
        entries.clear();
        encoder.bind(batch);
        if (next.length < batch.rowCount()) {
            next = new int[batch.rowCount()];
        }
        for (int row = 0; row < batch.rowCount(); row++) {
            encoder.encode(row);
            link(state.findOrAdd(encoder.bytes(), encoder.length(), encoder.hash()), row);
        }
        return entries;
    }

    private void link(KeyEntry<S> entry, int row) {
        if (entry.first == KeyEntry.NONE) {
            entries.add(entry);
            entry.first = row;
            entry.count = 0;
        } else {
            next[entry.last] = row;
        }
        entry.last = row;
        entry.count++;
    }

    /** Takes the rows of {@code entry} out of it. */
    KeyedRows take(LateMarks.Read read, KeyEntry<S> entry, long watermark) {
        int[] rows = new int[entry.count];
        int row = entry.first;
        for (int i = 0; i < rows.length; i++) {
            rows[i] = row;
            row = next[row];
        }
        entry.first = KeyEntry.NONE;
        entry.last = KeyEntry.NONE;
        return new Rows(input, read, rows, watermark);
    }

    /** Rows of one key. */
    private record Rows(int input, LateMarks.Read read, int[] rows, long watermark) implements KeyedRows {
        @Override
        public RecordBatch batch() {
            return read.batch();
        }

        @Override
        public int count() {
            return rows.length;
        }

        @Override
        public int row(int index) {
            return rows[index];
        }

        @Override
        public long watermark(int index) {
            return read.watermark(rows[index], watermark);
        }
    }
}
