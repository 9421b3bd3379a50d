package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.QueryBuffer.Item;
import dev.penstock.spi.BadRow;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.Poll;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.RecordBatch;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives the rows of a query, or of a range of it, in their order. */
final class QueryPartition implements SourcePartition {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(5);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);
    private static final Duration PAUSE_IF_TOLD = Duration.ofSeconds(1);

    private final String name;
    private final QueryBuffer buffer;
    private final @Nullable QueryReader reader;
    private QueryState state;
    private @Nullable QueryPart part;
    private int next;
    private boolean told;
    private Duration pause = FIRST_PAUSE;
    private boolean ended;
    private volatile boolean closed;

    /**
     * Goes on at {@code state}.
     *
     * @param reader fills {@code buffer}; null if there is nothing to read
     */
    QueryPartition(String name, QueryState state, QueryBuffer buffer, @Nullable QueryReader reader) {
        this.name = name;
        this.state = state;
        this.buffer = buffer;
        this.reader = reader;
        this.ended = reader == null;
    }

    @Override
    public void onReady(Runnable ready) {
        told = true;
        buffer.onReady(ready);
    }

    @Override
    public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        if (closed) {
            throw new IllegalStateException("Cannot read partition '" + name + "': it is closed");
        }
        try {
            QueryPart found = ended ? null : part(System.nanoTime() + maxWait.toNanos());
            if (found != null) {
                pause = FIRST_PAUSE;
                return rows(found, maxRows, maxBytes);
            }
            return ended ? new Poll.End(state.encode()) : new Poll.Idle(state.encode(), nextPause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FatalException("Cannot read partition '" + name + "': its thread was interrupted", e);
        } finally {
            buffer.awake();
        }
    }

    /** Rows that were not given yet; null if there are none until {@code deadline}. */
    private @Nullable QueryPart part(long deadline) throws InterruptedException {
        while (part == null && !ended) {
            Item item = buffer.take(deadline);
            if (item == null) {
                return null;
            }
            if (item instanceof Item.Part read) {
                part = read.part();
                next = 0;
            } else if (item instanceof Item.Settled settled) {
                state = state.settledUntil(settled.until());
            } else if (item instanceof Item.Done) {
                state = state.done();
            } else {
                ended = true;
            }
        }
        return part;
    }

    private Poll.Rows rows(QueryPart from, int maxRows, long maxBytes) {
        int count = from.rows().rowCount();
        int first = next;
        next = (int) Math.min(count, (long) first + maxRows);
        RecordBatch rows = from.rows().slice(first, next);
        while (rows.rowCount() > 1 && rows.sizeInBytes() > maxBytes) {
            long fitting = rows.rowCount() * maxBytes / rows.sizeInBytes();
            next = first + (int) Math.max(1, Math.min(rows.rowCount() - 1L, fitting));
            rows = from.rows().slice(first, next);
        }
        boolean isAtBad = next == count && from.bad().isPresent() && next - first < maxRows;
        state = state.at(from.after(isAtBad ? count : next - 1));
        if (isAtBad || (next == count && from.bad().isEmpty())) {
            part = null;
        }
        List<BadRow> bad = isAtBad ? List.of(from.bad().get()) : List.of();
        return new Poll.Rows(rows, state.encode(), bad);
    }

    private Duration nextPause() {
        Duration now = pause;
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        return told ? PAUSE_IF_TOLD : now;
    }

    @Override
    public void wakeup() {
        buffer.wakeup();
    }

    @Override
    public void close() {
        closed = true;
        part = null;
        if (reader != null) {
            reader.close();
        }
    }
}
