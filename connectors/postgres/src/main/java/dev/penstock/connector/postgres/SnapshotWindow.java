package dev.penstock.connector.postgres;

import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which rows have come along the stream while a table is read, and which transactions. Not thread safe. */
final class SnapshotWindow {
    /** More are kept only if a part is being read that they matter for. */
    static final int KEPT = 1 << 16;

    private final ChangedTable table;
    private final Map<ByteBuffer, Change> changes = new LinkedHashMap<>();
    private final Map<Integer, Long> transactions;
    private long count;
    private long odd;

    SnapshotWindow(ChangedTable table) {
        this.table = table;
        this.transactions = new LinkedHashMap<>();
    }

    /** A window on {@code table} that opens when the transactions {@code came}, each at 0, have come already. */
    SnapshotWindow(ChangedTable table, Map<Integer, Long> came) {
        this.table = table;
        this.transactions = came;
        this.count = 1;
    }

    /**
     * What has come of a row.
     *
     * @param number of the last change
     * @param patches changes, in their order, that did not say all of the row; empty if what came says all of it
     */
    record Change(long number, List<RecordBatch> patches) {
        /** Whether a row that is read now is older than what has come, or the same. */
        boolean isWhole() {
            return patches.isEmpty();
        }
    }

    /** The number of changes so far. */
    long count() {
        return count;
    }

    /** A transaction begins to come. */
    void began(long transaction) {
        transactions.put((int) transaction, count);
    }

    /** Whether the low half of the number of a transaction is that of one that came before change {@code number}. */
    boolean cameBefore(int transaction, long number) {
        Long at = transactions.get(transaction);
        return at != null && at < number;
    }

    /** The last change that only a new look at its row can tell the outcome of; 0 if there was none. */
    long odd() {
        return odd;
    }

    /** A row is as {@code row} says; {@code form} is that of the table as it was then. */
    void changed(Operation operation, ReplicationTuple row, KeyForm form) {
        if (row.hasUnchanged() && operation != Operation.DELETE && !form.isOf(table)) {
            odd = ++count;
            return;
        }
        ByteBuffer key = form.of(row);
        Change known = changes.remove(key);
        boolean whole = operation == Operation.DELETE || !row.hasUnchanged() || (known != null && known.isWhole());
        List<RecordBatch> patches = whole ? List.of() : patches(known, row);
        changes.put(key, new Change(++count, patches));
    }

    /** All rows are gone. */
    void truncated() {
        odd = ++count;
        changes.clear();
    }

    private List<RecordBatch> patches(@Nullable Change known, ReplicationTuple row) {
        List<RecordBatch> patches = new ArrayList<>(known == null ? List.of() : known.patches());
        BatchBuilder patch = new BatchBuilder(table.schema(), 1);
        new ValueColumns(table, patch).append(row);
        for (int column = table.width(); column < table.schema().size(); column++) {
            patch.column(column).appendNull();
        }
        patch.endRow();
        patches.add(patch.build());
        return patches;
    }

    /** Whether nothing has come of any row, or nothing that matters still. */
    boolean isEmpty() {
        return changes.isEmpty();
    }

    /** What has come of the row with {@code key}, or null if nothing has. */
    @Nullable Change find(ByteBuffer key) {
        return changes.get(key);
    }

    /** Nobody asks for what came before change {@code number} any more. */
    void forget(long number) {
        Iterator<Change> oldest = changes.values().iterator();
        while (changes.size() > KEPT && oldest.hasNext() && oldest.next().number() < number) {
            oldest.remove();
        }
        Iterator<Long> first = transactions.values().iterator();
        while (transactions.size() > KEPT && first.hasNext() && first.next() < number) {
            first.remove();
        }
    }
}
