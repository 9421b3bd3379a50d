package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeDecoder.Limit;
import dev.penstock.connector.postgres.ReplicationBuffer.Chunk;
import dev.penstock.connector.postgres.SnapshotFeed.Given;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.RecordBatch;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Reads the changes of a table in the order of their commits, and between them the rows that were there before. */
final class ChangePartition implements SourcePartition {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
    private static final Duration PAUSE_IF_TOLD = Duration.ofSeconds(1);

    private final String name;
    private final ReplicationReader reader;
    private final ChangeDecoder decoder;
    private final ChangedTables tables;
    private final SnapshotSequence snapshots;
    private final @Nullable TableWatch watch;
    private final ChangeLag lag;
    private final LongConsumer release;
    private ChangePosition position;
    private @Nullable Chunk chunk;
    private @Nullable Runnable ready;
    private Duration pause = FIRST_PAUSE;
    private boolean ended;
    private volatile boolean woken;
    private volatile boolean closed;

    /**
     * What a reader stands on.
     *
     * @param watch looks for tables that come and go; null if nobody does
     * @param lag is told how far reading is, and what is durable
     * @param release tells the server what is durable when nothing is read any more
     */
    record Parts(
            ReplicationReader reader,
            ChangedTables tables,
            @Nullable TableWatch watch,
            ChangeLag lag,
            LongConsumer release) {}

    ChangePartition(String name, ChangeStart start, Parts parts) {
        this.name = name;
        this.position = start.position();
        this.reader = parts.reader();
        this.tables = parts.tables();
        this.snapshots = tables.snapshots();
        this.watch = parts.watch();
        this.lag = parts.lag();
        this.release = parts.release();
        this.decoder = new ChangeDecoder(tables, tables.first(), tables.truncates(), start);
        if (snapshots.isFinished()) {
            decoder.stopAt(position.stop());
        }
    }

    @Override
    public void onReady(Runnable listener) {
        ready = listener;
        reader.buffer().onReady(listener);
    }

    @Override
    public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        if (closed) {
            throw new IllegalStateException("Cannot read partition '" + name + "': it is closed");
        }
        if (ended) {
            return new Poll.End(position.encode());
        }
        Limit limit = new Limit(maxRows, maxBytes);
        long deadline = System.nanoTime() + (woken ? 0 : maxWait.toNanos());
        try {
            Poll.Rows given = fill(limit, deadline);
            return given == null ? answer() : given;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FatalException("Cannot read partition '" + name + "': its thread was interrupted", e);
        } finally {
            woken = false;
        }
    }

    /** Collects changes; gives rows that were there before if it is their turn. */
    private Poll.@Nullable Rows fill(Limit limit, long deadline) throws InterruptedException {
        while (true) {
            int count = decoder.batch().count();
            if (hasNews()) {
                if (count > 0) {
                    return null;
                }
                heedNews();
            }
            Poll.Rows rows = count == 0 ? rowsThatWereThere(limit) : null;
            if (rows != null) {
                return rows;
            }
            boolean isPausing = count == 0 && snapshots.isPausing();
            boolean goesOn = isPausing ? awaitPoke(deadline) : addChanges(limit, deadline);
            if (!goesOn) {
                return null;
            }
        }
    }

    private Poll.@Nullable Rows rowsThatWereThere(Limit limit) {
        if (!isSnapshotReady()) {
            return null;
        }
        Poll.Rows rows = readRows(limit);
        return rows.rows().isEmpty() && rows.bad().isEmpty() ? null : rows;
    }

    /** Waits while the stream stands still for a table; gives whether to look again. */
    private boolean awaitPoke(long deadline) throws InterruptedException {
        long left = woken ? 0 : Math.max(0, deadline - System.nanoTime());
        boolean poked = reader.buffer().awaitPoke(Duration.ofNanos(left));
        return !woken && (poked || System.nanoTime() < deadline);
    }

    /** Decodes what comes next; gives whether there is room and time for more. */
    private boolean addChanges(Limit limit, long deadline) throws InterruptedException {
        int count = decoder.batch().count();
        if (count == limit.rows() || isAtEnd()) {
            return false;
        }
        Chunk current = chunk == null ? next(count, deadline) : chunk;
        chunk = current;
        return current != null && decode(current, limit);
    }

    /** Whether something has become of a table, and this is the place to heed it: between transactions. */
    private boolean hasNews() {
        return watch != null && watch.peek() != null && !decoder.isInside();
    }

    private void heedNews() {
        TableWatch.News news = watch == null ? null : watch.peek();
        if (watch == null || news == null) {
            return;
        }
        if (news instanceof TableWatch.Gone gone && Long.compareUnsigned(decoder.lsn(), gone.at()) < 0) {
            return; // its last changes are still to come
        }
        watch.heeded();
        if (news instanceof TableWatch.Added added) {
            tables.added(added.table());
        } else if (news instanceof TableWatch.Gone gone) {
            tables.gone(gone);
        }
    }

    private boolean isSnapshotReady() {
        return (snapshots.isPausing() || !decoder.isInside()) && snapshots.isReady();
    }

    private Poll.Rows readRows(Limit limit) {
        Given given = snapshots.next(limit);
        tables.given(given);
        if (snapshots.isFinished() && position.isBounded()) {
            // A bounded run ends with the changes that its snapshot was compared with.
            position = position.endingAt(later(position.stop(), decoder.lsn()));
            decoder.stopAt(position.stop());
        }
        advance();
        RecordBatch rows = given.rows().withOrigin(new SnapshotOrigin(name));
        return new Poll.Rows(rows, position.encode(), given.bad());
    }

    private static long later(long one, long other) {
        return Long.compareUnsigned(one, other) > 0 ? one : other;
    }

    private @Nullable Chunk next(int rows, long deadline) throws InterruptedException {
        long left = (rows > 0 || woken) ? 0 : Math.max(0, deadline - System.nanoTime());
        try {
            return reader.buffer().take(Duration.ofNanos(left));
        } catch (RuntimeException e) {
            if (rows > 0) {
                return null; // what was read comes first, the failure at the next poll
            }
            throw e;
        }
    }

    /** Decodes what is left of {@code current}; false if the rows must be given first. */
    private boolean decode(Chunk current, Limit limit) {
        ByteBuffer message = current.peek();
        while (message != null) {
            if (!decoder.decode(message, limit)) {
                return isAtEnd();
            }
            current.advance();
            message = current.peek();
            if (!decoder.isInside() && (!snapshots.isFinished() || hasNews())) {
                break; // between transactions it may be the turn of rows that were there before
            }
        }
        if (message == null) {
            decoder.reached(current.reached());
            chunk = null;
        }
        return true;
    }

    private void advance() {
        position = position.at(decoder.lsn(), decoder.given()).with(tables.progress());
        lag.read(decoder.lsn(), decoder.time(), chunk != null || reader.buffer().bytes() > 0);
    }

    private boolean isAtEnd() {
        return position.isBounded()
                && snapshots.isFinished()
                && !decoder.isInside()
                && Long.compareUnsigned(decoder.lsn(), position.stop()) >= 0;
    }

    private Poll answer() {
        advance();
        if (decoder.batch().count() > 0) {
            pause = FIRST_PAUSE;
            return decoder.batch().build(position.encode());
        }
        if (isAtEnd()) {
            ended = true;
            reader.close(); // nothing more is read, and another one may want the slot
            return new Poll.End(position.encode());
        }
        if (ready != null) {
            return new Poll.Idle(position.encode(), PAUSE_IF_TOLD);
        }
        Duration now = pause;
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        return new Poll.Idle(position.encode(), now);
    }

    @Override
    public void stateDurable(ResumeState state) {
        long durable = ChangePosition.decode(name, state).lsn();
        if (closed) {
            return;
        }
        lag.durable(durable);
        if (ended) {
            release.accept(durable);
        } else {
            reader.durable(durable);
        }
    }

    @Override
    public void wakeup() {
        woken = true;
        reader.buffer().wakeup();
    }

    @Override
    public void close() {
        closed = true;
        try (reader;
                snapshots) {
            if (watch != null) {
                watch.close();
            }
        }
    }
}
