package dev.penstock.conformance.rules;

import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.spi.BadRow;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** A reader of a partition under test, and all that it gave. */
final class OpenReader implements AutoCloseable {
    /** More rows than a rule puts into a batch. */
    static final int MANY_ROWS = 1_024;
    /** More bytes than a rule puts into a batch. */
    static final long MANY_BYTES = 64L << 20;
    /** How long a poll may wait for rows that are there. */
    static final Duration WAIT = Duration.ofMillis(200);

    private final SourceSide side;
    private final Partition partition;
    private final SourcePartition reader;
    private final List<Batch> batches = new ArrayList<>();
    private final List<NumberedRow> rows = new ArrayList<>();
    private Optional<ResumeState> position = Optional.empty();
    private boolean ended;

    /**
     * What one poll gave.
     *
     * @param rows as the kit knows them
     * @param after the state of the batch
     * @param bad what was not a row
     * @param total how many rows, good or bad, there were up to here
     */
    record Batch(List<NumberedRow> rows, ResumeState after, List<BadRow> bad, int total) {}

    OpenReader(SourceSide side, Partition partition, SourcePartition reader) {
        this.side = side;
        this.partition = partition;
        this.reader = reader;
    }

    /** Polls once, and remembers what came. */
    Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        Poll poll = reader.poll(maxRows, maxBytes, maxWait);
        if (poll instanceof Poll.Rows found) {
            List<NumberedRow> read = side.rows(found.rows());
            rows.addAll(read);
            batches.add(new Batch(
                    read,
                    found.after(),
                    found.bad(),
                    total() + read.size() + found.bad().size()));
            position = Optional.of(found.after());
        } else if (poll instanceof Poll.Idle idle) {
            position = Optional.of(idle.position());
        } else if (poll instanceof Poll.End end) {
            position = Optional.of(end.last());
            ended = true;
        }
        return poll;
    }

    /** Polls until there is a poll that is not idle. */
    Poll next(int maxRows) {
        return next(maxRows, MANY_BYTES);
    }

    Poll next(int maxRows, long maxBytes) {
        long deadline = System.nanoTime() + OpenSource.PATIENCE.toNanos();
        Poll poll = poll(maxRows, maxBytes, WAIT);
        while (poll instanceof Poll.Idle idle) {
            if (System.nanoTime() > deadline) {
                throw new RuleViolation(
                        "partition '" + partition.id() + "' is idle after " + total() + " rows, for "
                                + OpenSource.PATIENCE.toSeconds() + " s: rows or an end were expected",
                        "poll gives what is there; a partition that says it is bounded ends");
            }
            LockSupport.parkNanos(Math.min(idle.retryAfter().toNanos(), WAIT.toNanos()));
            poll = poll(maxRows, maxBytes, WAIT);
        }
        return poll;
    }

    /** Reads to the end. */
    OpenReader readToEnd(int maxRows) {
        while (!ended) {
            next(maxRows);
        }
        return this;
    }

    /** Reads until there were {@code count} rows, good or bad, or the end. */
    OpenReader readRows(int count, int maxRows) {
        while (!ended && total() < count) {
            next(maxRows);
        }
        return this;
    }

    /** Reads all of a partition that holds {@code count} rows more: to its end if it has one, else one poll further. */
    OpenReader readAll(int count, int maxRows) {
        if (partition.bounded()) {
            return readToEnd(maxRows);
        }
        readRows(count, maxRows);
        poll(maxRows, MANY_BYTES, Duration.ZERO);
        return this;
    }

    int total() {
        return batches.isEmpty() ? 0 : batches.get(batches.size() - 1).total();
    }

    Partition partition() {
        return partition;
    }

    SourcePartition reader() {
        return reader;
    }

    List<Batch> batches() {
        return batches;
    }

    List<NumberedRow> rows() {
        return rows;
    }

    boolean ended() {
        return ended;
    }

    /** Where reading stands. */
    ResumeState position() {
        return position.orElseThrow(() -> new IllegalStateException("Nothing was polled"));
    }

    @Override
    public void close() {
        reader.close();
    }
}
