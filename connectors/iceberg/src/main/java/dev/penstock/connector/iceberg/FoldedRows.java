package dev.penstock.connector.iceberg;

import dev.penstock.spi.WriteMode;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Changes that wait in memory to be written, folded in the order they came: of each key the last row is kept, or none
 * if it was deleted. What they do to rows of earlier commits is kept as values to delete by.
 */
final class FoldedRows {
    private static final int NONE = -1;

    private final WriteMode mode;
    private final boolean deletesByKey;
    private final KeyIndex keys = new KeyIndex();
    private final KeyIndex deleteValues = new KeyIndex();
    private final BitSet kept = new BitSet();
    private List<Part> parts = new ArrayList<>();
    private List<BatchRows> changed = new ArrayList<>();
    private List<BatchRows> deleted = new ArrayList<>();
    /** Of each key the number of its row, or that it has none. */
    private int[] rowOf = new int[256];
    /** Of each value that was deleted by, the number of the last row that did. */
    private int[] deletedAt = new int[16];

    private int total;
    private long batchBytes;
    private long notedBytes;

    FoldedRows(WriteMode mode) {
        this.mode = mode;
        this.deletesByKey = mode.deleteBy().equals(mode.key());
    }

    /** A batch, whose rows are numbered from {@code start} on. */
    private record Part(RecordBatch batch, int start) {}

    boolean isEmpty() {
        return keys.count() == 0 && deleteValues.count() == 0;
    }

    /** The memory that is taken. */
    long bytes() {
        long numbers = 4L * (rowOf.length + deletedAt.length) + total / 8;
        return batchBytes + notedBytes + keys.sizeInBytes() + deleteValues.sizeInBytes() + numbers;
    }

    /** Whether less than half of the rows in memory are still of use. */
    boolean isMostlyReplaced() {
        return 2L * kept.cardinality() < total;
    }

    /** Takes the first {@code count} of {@code chosen} rows of {@code batch}. */
    void add(RecordBatch batch, int[] chosen, int count) {
        Folding folding = new Folding(batch, total);
        // Operations, and rows as they were, are of no use once they are folded.
        addPart(RecordBatch.of(batch.schema(), batch.rowCount(), batch.columns()));
        for (int i = 0; i < count; i++) {
            folding.fold(chosen[i]);
        }
        folding.end();
    }

    private void addPart(RecordBatch batch) {
        parts.add(new Part(batch, total));
        total += batch.rowCount();
        batchBytes += batch.sizeInBytes();
    }

    /** Folds one batch. */
    private final class Folding {
        private final RecordBatch batch;
        private final int start;
        private final KeyColumns key;
        private final KeyColumns deleteBy;
        private final BatchRows changedHere;
        private final BatchRows deletedHere;
        private final FormerKeys former;

        Folding(RecordBatch batch, int start) {
            this.batch = batch;
            this.start = start;
            this.key = KeyColumns.of(batch, mode.key());
            this.deleteBy = deletesByKey ? key : KeyColumns.of(batch, mode.deleteBy());
            this.changedHere = new BatchRows(key.batch());
            this.deletedHere = new BatchRows(deleteBy.batch());
            this.former = new FormerKeys(batch, mode.key());
        }

        void fold(int row) {
            if (batch.operation(row) != Operation.DELETE) {
                former.of(row, key.at(row)).ifPresent(old -> set(old, row, former.rows(), NONE));
                set(key, row, changedHere, start + row);
            } else if (deletesByKey) {
                set(key.at(row), row, changedHere, NONE);
            } else {
                delete(row);
            }
        }

        /** Says which row the key has from now on; notes the key among {@code rows} if it is new. */
        private void set(KeyColumns of, int row, BatchRows rows, int number) {
            int known = keys.count();
            int entry = keys.add(of.bytes(), of.length());
            if (entry == known) {
                rowOf = longEnough(rowOf, entry);
                rows.add(row);
            } else if (rowOf[entry] != NONE) {
                kept.clear(rowOf[entry]);
            }
            rowOf[entry] = number;
            if (number != NONE) {
                kept.set(number);
            }
        }

        private void delete(int row) {
            int known = deleteValues.count();
            deleteBy.at(row);
            int entry = deleteValues.add(deleteBy.bytes(), deleteBy.length());
            if (entry == known) {
                deletedAt = longEnough(deletedAt, entry);
                deletedHere.add(row);
            }
            deletedAt[entry] = start + row;
        }

        void end() {
            addUnlessEmpty(changed, changedHere);
            addUnlessEmpty(changed, former.rows());
            addUnlessEmpty(deleted, deletedHere);
            notedBytes += changedHere.sizeInBytes() + former.rows().sizeInBytes() + deletedHere.sizeInBytes();
        }
    }

    private static int[] longEnough(int[] array, int index) {
        return index < array.length ? array : Arrays.copyOf(array, 2 * array.length);
    }

    private static void addUnlessEmpty(List<BatchRows> all, BatchRows rows) {
        if (rows.count() > 0) {
            all.add(rows);
        }
    }

    /** The rows that are there in the end. */
    List<BatchRows> rows() {
        takeDeletedOut();
        List<BatchRows> rows = new ArrayList<>();
        for (Part part : parts) {
            BatchRows left = new BatchRows(part.batch);
            int end = part.start + part.batch.rowCount();
            for (int i = kept.nextSetBit(part.start); i >= 0 && i < end; i = kept.nextSetBit(i + 1)) {
                left.add(i - part.start);
            }
            addUnlessEmpty(rows, left);
        }
        return rows;
    }

    /** Each key of which anything was said, once, in the columns of the key alone. */
    List<BatchRows> changedKeys() {
        return changed;
    }

    /** Each value that was deleted by, once, in those columns alone; none if deletes go by the key. */
    List<BatchRows> deletedValues() {
        return deleted;
    }

    /** Drops rows that a delete by other columns than the key was about which came after them. */
    private void takeDeletedOut() {
        if (deleteValues.count() == 0) {
            return;
        }
        for (Part part : parts) {
            KeyColumns values = KeyColumns.of(part.batch, mode.deleteBy());
            int end = part.start + part.batch.rowCount();
            for (int i = kept.nextSetBit(part.start); i >= 0 && i < end; i = kept.nextSetBit(i + 1)) {
                if (!values.hasNull(i - part.start) && isDeleted(values.at(i - part.start), i)) {
                    kept.clear(i);
                }
            }
        }
    }

    private boolean isDeleted(KeyColumns value, int number) {
        int entry = deleteValues.find(value.bytes(), value.length());
        return entry >= 0 && deletedAt[entry] > number;
    }

    /** Lets go of rows that were replaced, by copying the others. */
    void compact() {
        List<BatchRows> left = rows();
        renumber();
        parts = new ArrayList<>();
        total = 0;
        batchBytes = 0;
        copies(left).forEach(this::addPart);
        notedBytes = 0;
        changed = copied(changed);
        deleted = copied(deleted);
    }

    private List<BatchRows> copied(List<BatchRows> noted) {
        List<BatchRows> copied = new ArrayList<>();
        for (RecordBatch batch : copies(noted)) {
            BatchRows rows = all(batch);
            notedBytes += batch.sizeInBytes() + rows.sizeInBytes();
            copied.add(rows);
        }
        return copied;
    }

    /** Gives the rows that are left the numbers from 0 on, which are all before what comes from now on. */
    private void renumber() {
        int[] numbers = new int[total];
        int next = 0;
        for (int i = kept.nextSetBit(0); i >= 0; i = kept.nextSetBit(i + 1)) {
            numbers[i] = next++;
        }
        for (int entry = 0; entry < keys.count(); entry++) {
            int row = rowOf[entry];
            rowOf[entry] = row != NONE && kept.get(row) ? numbers[row] : NONE;
        }
        Arrays.fill(deletedAt, NONE);
        kept.clear();
        kept.set(0, next);
    }

    /** The rows in batches of their own, as few as their columns allow. */
    private static List<RecordBatch> copies(List<BatchRows> all) {
        List<RecordBatch> copies = new ArrayList<>();
        List<RecordBatch> alike = new ArrayList<>();
        for (BatchRows rows : all) {
            if (!alike.isEmpty() && !alike.get(0).schema().equals(rows.batch().schema())) {
                copies.add(RecordBatch.concat(alike));
                alike.clear();
            }
            alike.add(rows.copy());
        }
        if (!alike.isEmpty()) {
            copies.add(RecordBatch.concat(alike));
        }
        return copies;
    }

    private static BatchRows all(RecordBatch batch) {
        BatchRows rows = new BatchRows(batch);
        for (int row = 0; row < batch.rowCount(); row++) {
            rows.add(row);
        }
        return rows;
    }
}
