package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeDecoder.Limit;
import dev.penstock.connector.postgres.SnapshotChunk.Bad;
import dev.penstock.connector.postgres.SnapshotReaders.Mark;
import dev.penstock.spi.BadRow;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that were there before its changes are read, given part by part between transactions. What has
 * come along the stream of a row goes before what was read of it. Not thread safe: it belongs to the reader of changes.
 */
final class SnapshotFeed implements AutoCloseable {
    private static final int AHEAD = 2;

    private final SnapshotReaders readers;
    private final Mark mark;
    private final ChangedTable table;
    private final KeyForm form;
    private final SnapshotWindow window;
    private final Deque<SnapshotPart> parts = new ArrayDeque<>();
    private long asked;
    private @Nullable SnapshotRows giving;
    private boolean finished;
    private List<String> after;

    /** The rows behind the key {@code after}. */
    SnapshotFeed(SnapshotReaders.Job job, SnapshotReaders readers, int connections, List<String> after) {
        this.after = after;
        this.readers = readers;
        this.mark = job.mark();
        this.table = job.query().table();
        this.form = job.query().key();
        this.window = new SnapshotWindow(table);
        for (int index = 0; index < AHEAD * connections; index++) {
            ask();
        }
        readers.start(connections);
    }

    private void ask() {
        SnapshotPart part = new SnapshotPart(asked++, window.count());
        parts.add(part);
        readers.read(part);
    }

    /** A transaction begins to come along the stream. */
    void began(long transaction) {
        window.began(transaction);
    }

    /** A row has come along the stream. */
    void changed(Operation operation, ReplicationTuple row, KeyForm key) {
        window.changed(operation, row, key);
    }

    /** The table has been emptied. */
    void truncated() {
        window.truncated();
    }

    /** A message has come along the stream. */
    void message(String prefix, String content) {
        if (prefix.equals(mark.prefix())) {
            parts.stream().filter(part -> mark.content(part).equals(content)).forEach(SnapshotPart::marked);
        }
    }

    /** Whether the whole table was given. */
    boolean isFinished() {
        return finished;
    }

    /** Whether {@link #next} would go on: outside of any transaction of the stream. */
    boolean isReady() {
        while (giving == null && !finished) {
            SnapshotPart first = parts.peek();
            if (first == null || !first.isReady()) {
                return false;
            }
            begin(first);
        }
        return giving != null;
    }

    private void begin(SnapshotPart part) {
        SnapshotChunk chunk = part.chunk();
        if (chunk == null) {
            return;
        }
        if (isTooOld(part, chunk)) {
            part.again(window.count());
            readers.read(part);
        } else {
            giving = SnapshotRows.of(chunk, window);
        }
    }

    /** A transaction may be committed, and come along the stream, and not be visible yet: one waits for a standby. */
    private boolean isTooOld(SnapshotPart part, SnapshotChunk chunk) {
        if (part.askedAt() < window.odd()) {
            return true;
        }
        for (int transaction : chunk.running()) {
            if (window.cameBefore(transaction, part.askedAt())) {
                return true;
            }
        }
        return false;
    }

    /** Some rows, and how far they go. */
    record Given(RecordBatch rows, List<BadRow> bad, SnapshotProgress.Table progress) {}

    /** The next rows of the part that is being given; maybe none, if all have come otherwise. */
    Given next(Limit limit) {
        SnapshotRows rows = giving;
        if (rows == null) {
            throw new IllegalStateException("Cannot give rows of a snapshot: none are ready");
        }
        RecordBatch batch = rows.next(limit);
        List<BadRow> bad = rows.bad().stream().map(Bad::row).toList();
        if (rows.hasMore()) {
            after = rows.last() < 0 ? after : form.texts(rows.chunk(), rows.last());
            return new Given(batch, bad, progress(false));
        }
        giving = null;
        parts.remove();
        finished = rows.chunk().isLast();
        if (finished) {
            readers.close();
        } else {
            ask();
            window.forget(parts.stream().mapToLong(SnapshotPart::askedAt).min().orElse(0));
        }
        after = rows.chunk().after();
        return new Given(batch, bad, progress(finished));
    }

    private SnapshotProgress.Table progress(boolean done) {
        return new SnapshotProgress.Table(table.relation().id(), done, after);
    }

    /** The table as it is read. */
    ChangedTable table() {
        return table;
    }

    @Override
    public void close() {
        readers.close();
    }
}
