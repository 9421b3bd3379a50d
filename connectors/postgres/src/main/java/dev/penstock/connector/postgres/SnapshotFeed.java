package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeDecoder.Limit;
import dev.penstock.connector.postgres.SnapshotChunk.Bad;
import dev.penstock.connector.postgres.SnapshotReaders.Mark;
import dev.penstock.spi.BadRow;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a table that were there before its changes are read, given part by part between transactions. What has
 * come along the stream of a row goes before what was read of it. Not thread safe: it belongs to the reader of changes.
 */
final class SnapshotFeed {
    private final SnapshotReaders readers;
    private final SnapshotScan scan;
    private final ChangedTable table;
    private final KeyForm form;
    private final SnapshotWindow window;
    private final UnaryOperator<RecordBatch> shape;
    private final Deque<SnapshotPart> parts = new ArrayDeque<>();
    private long asked;
    private @Nullable SnapshotRows giving;
    private boolean finished;
    private List<String> after;

    /**
     * The rows of {@code scan}.
     *
     * @param shape makes rows of a table what is given
     */
    SnapshotFeed(SnapshotScan scan, SnapshotReaders readers, SnapshotWindow window, UnaryOperator<RecordBatch> shape) {
        this.after = scan.after();
        this.readers = readers;
        this.scan = scan;
        this.table = scan.table();
        this.form = scan.query().key();
        this.window = window;
        this.shape = shape;
        for (int index = 0; index < readers.ahead(); index++) {
            ask();
        }
    }

    private void ask() {
        SnapshotPart part = new SnapshotPart(scan, asked++, window.count());
        parts.addLast(part);
        readers.read(part);
    }

    /** Asks for what is left of the first part, which was cut short. */
    private void askForRest(SnapshotPart part, SnapshotRange rest) {
        SnapshotPart next = new SnapshotPart(scan, asked++, window.count());
        next.range(rest);
        parts.removeFirst();
        parts.addFirst(next);
        parts.addFirst(part);
        readers.read(next);
    }

    SnapshotWindow window() {
        return window;
    }

    /** A message has come along the stream. */
    void message(String prefix, String content) {
        Mark mark = readers.mark();
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
        SnapshotRange range = part.range();
        if (chunk == null || range == null) {
            return;
        }
        if (isTooOld(part, chunk)) {
            part.again(window.count());
            readers.read(part);
            return;
        }
        giving = SnapshotRows.of(chunk, window, shape);
        if (!chunk.after().equals(range.last())) {
            askForRest(part, new SnapshotRange(chunk.after(), range.last()));
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

    /**
     * Some rows, and how far they go.
     *
     * @param seen of a table without key, when it was read
     */
    record Given(RecordBatch rows, List<BadRow> bad, SnapshotProgress.Table progress, Optional<KeylessSnapshot> seen) {}

    /** The next rows of the part that is being given; maybe none, if all have come otherwise. */
    Given next(Limit limit) {
        SnapshotRows rows = giving;
        if (rows == null) {
            throw new IllegalStateException("Cannot give rows of a snapshot: none are ready");
        }
        RecordBatch batch = rows.next(limit);
        List<BadRow> bad = rows.bad().stream().map(Bad::row).toList();
        if (rows.hasMore()) {
            after = rows.last() < 0 ? after : form.texts(rows.chunk().texts(), rows.last());
            return new Given(batch, bad, progress(false), Optional.empty());
        }
        giving = null;
        parts.remove();
        finished = rows.chunk().isLast();
        if (!finished) {
            if (parts.size() < readers.ahead()) {
                ask();
            }
            forget();
        }
        after = rows.chunk().after();
        return new Given(batch, bad, progress(finished), Optional.empty());
    }

    /** Parts behind the end of the table stay to the last, and what came before them matters to no row. */
    private void forget() {
        window.forget(parts.stream()
                .filter(part -> !part.isBehindEnd())
                .mapToLong(SnapshotPart::askedAt)
                .min()
                .orElse(0));
    }

    private SnapshotProgress.Table progress(boolean done) {
        return new SnapshotProgress.Table(table.relation().id(), table.name(), done, after);
    }

    /** Whether it is of {@code other}, however that looks now. */
    boolean isOf(ChangedTable other) {
        return table.relation().id() == other.relation().id();
    }

    /** The table as it is read. */
    ChangedTable table() {
        return table;
    }
}
