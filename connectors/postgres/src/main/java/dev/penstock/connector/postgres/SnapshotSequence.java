package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeDecoder.Limit;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The tables whose rows that were there before are still to be given, one after the other. Not thread safe: it belongs
 * to the reader of changes.
 */
final class SnapshotSequence implements AutoCloseable {
    private final Supplier<SnapshotReaders> newReaders;
    private final Keyless keyless;
    private final BiFunction<ChangedTable, RecordBatch, RecordBatch> shape;
    private final int chunkRows;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private final Deque<ChangedTable> keylessTables = new ArrayDeque<>();
    /** The last transactions that came, and when: their changes may be invisible still to who reads a table then. */
    private final Map<Integer, Long> came = new LinkedHashMap<>();

    private @Nullable KeylessFeed keylessFeed;
    private @Nullable SnapshotReaders readers;
    private @Nullable SnapshotFeed current;

    /**
     * No tables yet.
     *
     * @param newReaders makes readers when there is something to read
     * @param keyless begins to read a table without key
     * @param shape makes rows of a table what is given
     */
    SnapshotSequence(
            Supplier<SnapshotReaders> newReaders,
            Keyless keyless,
            BiFunction<ChangedTable, RecordBatch, RecordBatch> shape,
            int chunkRows) {
        this.newReaders = newReaders;
        this.keyless = keyless;
        this.shape = shape;
        this.chunkRows = chunkRows;
    }

    /** Begins to read tables without key. */
    interface Keyless {
        /** Begins to read {@code table}, whose rows {@code shape} makes what is given. */
        KeylessFeed begin(ChangedTable table, UnaryOperator<RecordBatch> shape);
    }

    private record Waiting(ChangedTable table, List<String> after) {
        int id() {
            return table.relation().id();
        }
    }

    /** Has the rows of {@code table} behind the key {@code after} given too; call it between transactions. */
    void add(ChangedTable table, List<String> after) {
        if (table.key().isEmpty()) {
            keylessTables.add(table);
            return;
        }
        waiting.add(new Waiting(table, after));
        if (current == null) {
            begin();
        }
    }

    private void begin() {
        Waiting next = waiting.poll();
        if (next == null) {
            closeReaders();
            return;
        }
        SnapshotReaders with = readers;
        if (with == null) {
            with = newReaders.get();
            with.start();
            readers = with;
        }
        SnapshotScan scan = new SnapshotScan(new SnapshotQuery(next.table()), chunkRows, next.after());
        came.replaceAll((transaction, at) -> 0L);
        SnapshotWindow window = new SnapshotWindow(next.table(), came);
        current = new SnapshotFeed(scan, with, window, rows -> shape.apply(next.table(), rows));
    }

    /** Whether all rows of all tables were given. */
    boolean isFinished() {
        return current == null && !isPausing();
    }

    /** Whether the stream must wait for the rows of a table without key. */
    boolean isPausing() {
        return keylessFeed != null || !keylessTables.isEmpty();
    }

    private boolean isKeylessReady() {
        if (keylessFeed == null && !keylessTables.isEmpty()) {
            ChangedTable next = keylessTables.remove();
            keylessFeed = keyless.begin(next, rows -> shape.apply(next, rows));
        }
        KeylessFeed feed = keylessFeed;
        return feed != null && feed.isReady();
    }

    /**
     * Takes note that {@code table} looks like this from now on.
     *
     * @return false if its rows are being given as they looked before
     */
    boolean looksLike(ChangedTable table) {
        SnapshotFeed feed = current;
        if (feed != null && feed.isOf(table)) {
            return feed.table().looksLike(table.relation());
        }
        for (int count = waiting.size(); count > 0; count--) {
            Waiting next = waiting.remove();
            boolean isThis = next.id() == table.relation().id();
            waiting.add(isThis ? new Waiting(table, next.after()) : next);
        }
        return true;
    }

    /** The table with object id {@code id} is gone. */
    void remove(int id) {
        waiting.removeIf(next -> next.id() == id);
        keylessTables.removeIf(table -> table.relation().id() == id);
        SnapshotFeed feed = current;
        if (feed != null && feed.table().relation().id() == id) {
            begin();
        }
    }

    /** A transaction begins to come along the stream. */
    void began(long transaction) {
        SnapshotFeed feed = current;
        if (feed != null) {
            feed.window().began(transaction);
            return;
        }
        came.put((int) transaction, 0L);
        if (came.size() > SnapshotWindow.KEPT) {
            came.remove(came.keySet().iterator().next());
        }
    }

    /** A row of {@code table} has come along the stream. */
    void changed(ChangedTable table, Operation operation, ReplicationTuple row, KeyForm key) {
        SnapshotFeed feed = current;
        if (feed != null && feed.isOf(table)) {
            feed.window().changed(operation, row, key);
        }
    }

    /** A table has been emptied. */
    void truncated(ChangedTable table) {
        SnapshotFeed feed = current;
        if (feed != null && feed.isOf(table)) {
            feed.window().truncated();
        }
    }

    /** A message has come along the stream. */
    void message(String prefix, String content) {
        SnapshotFeed feed = current;
        if (feed != null) {
            feed.message(prefix, content);
        }
    }

    /** Whether {@link #next} would go on: outside of any transaction of the stream. */
    boolean isReady() {
        if (isPausing()) {
            return isKeylessReady();
        }
        SnapshotFeed feed = current;
        return feed != null && feed.isReady();
    }

    /** The next rows; maybe none, if all have come otherwise. */
    SnapshotFeed.Given next(Limit limit) {
        KeylessFeed first = keylessFeed;
        if (first != null) {
            SnapshotFeed.Given given = first.next(limit);
            keylessFeed = first.isFinished() ? null : first;
            return given;
        }
        SnapshotFeed feed = current;
        if (feed == null) {
            throw new IllegalStateException("Cannot give rows of a snapshot: there is none");
        }
        SnapshotFeed.Given given = feed.next(limit);
        if (feed.isFinished()) {
            current = null;
            begin();
        }
        return given;
    }

    @Override
    public void close() {
        closeReaders();
        KeylessFeed feed = keylessFeed;
        keylessTables.clear();
        keylessFeed = null;
        if (feed != null) {
            feed.close();
        }
    }

    private void closeReaders() {
        SnapshotReaders open = readers;
        readers = null;
        current = null;
        if (open != null) {
            open.close();
        }
    }
}
