package dev.penstock.conformance.numbered;

import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.history.RowLayout;
import dev.penstock.spi.Poll;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.config.Config;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Rows in order, at a pace. */
final class NumberedPartition implements SourcePartition {
    private static final Duration SLOW = Duration.ofMillis(20);

    private final Config config;
    private final RowLayout layout;
    private final int number;
    private final long start;
    private final long end;
    private long next;
    private long readyAt = System.nanoTime();
    private boolean awake;

    NumberedPartition(Config config, RowLayout layout, int number, long start) {
        this.config = config;
        this.layout = layout;
        this.number = number;
        this.start = start;
        this.next = start;
        long more = config.get(NumberedConnector.MORE);
        long until = config.get(NumberedConnector.UNTIL);
        this.end = more > 0 ? start + more : until > 0 ? until : Long.MAX_VALUE;
    }

    @Override
    public synchronized Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        if (next >= end) {
            return new Poll.End(NumberedSource.stateAfter(next));
        }
        long early = awaitReady(maxWait);
        if (early > 0) {
            return new Poll.Idle(NumberedSource.stateAfter(next), Duration.ofNanos(early));
        }
        boolean slow = next - start >= config.get(NumberedConnector.BURST);
        int most = slow ? 1 : Math.min(maxRows, config.get(NumberedConnector.BATCH_ROWS));
        Duration pace = slow ? SLOW : config.get(NumberedConnector.PACE);
        long to = Math.min(end, next + most);
        List<NumberedRow> rows = NumberedRow.inserts(config.get(NumberedConnector.SEED), number, next, to);
        next = to;
        readyAt = System.nanoTime() + pace.toNanos();
        return new Poll.Rows(layout.batch(rows), NumberedSource.stateAfter(next));
    }

    /** Waits until the next batch is due, or for as long as may be; gives how much too early it is. */
    private long awaitReady(Duration maxWait) {
        long giveUp = System.nanoTime() + maxWait.toNanos();
        long wait = Math.min(readyAt, giveUp) - System.nanoTime();
        try {
            while (wait > 0 && !awake) {
                TimeUnit.NANOSECONDS.timedWait(this, wait);
                wait = Math.min(readyAt, giveUp) - System.nanoTime();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        awake = false;
        return readyAt - System.nanoTime();
    }

    @Override
    public synchronized void wakeup() {
        awake = true;
        notifyAll();
    }

    @Override
    public void close() {}
}
