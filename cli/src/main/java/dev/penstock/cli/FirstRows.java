package dev.penstock.cli;

import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.ToIntFunction;

/** Reads the first rows of all partitions of a source, in turn, from their start. Never says that they are durable. */
final class FirstRows implements AutoCloseable {
    private static final Duration DISCOVERY_WAIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(10);
    /** Nothing more is waited for when nothing has come for so long after the last row. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    /** After so long without a row people want to hear that it is not over. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int MAX_BYTES = 4 << 20;
    private static final int MOST_OPENED_AT_ONCE = 256;

    private final Source source;
    private final Limits limits;
    private final ToIntFunction<Poll.Rows> rows;
    private final Deque<Partition> unopened = new ArrayDeque<>();
    private final Set<String> known = new HashSet<>();
    private final List<SourcePartition> open = new ArrayList<>();
    private final long started = System.nanoTime();
    private long lastRow = started;
    private long discovered = started;
    private boolean complete;
    private boolean told;
    private int toOpen = 1;
    private int seen;

    private FirstRows(Source source, Limits limits, ToIntFunction<Poll.Rows> rows) {
        this.source = source;
        this.limits = limits;
        this.rows = rows;
    }

    /**
     * When to stop.
     *
     * @param rows after how many rows
     * @param longestWait how long to wait for the first of them
     * @param stopped whether somebody wants it to stop
     * @param waiting called once if the first row lets itself be waited for
     */
    record Limits(int rows, Duration longestWait, BooleanSupplier stopped, Runnable waiting) {}

    /** Why there are no more. */
    enum Ending {
        ENOUGH,
        ALL_THERE_IS,
        NO_MORE_IN_TIME,
        STOPPED
    }

    /** Hands polled rows to {@code rows}, which says how many of them count. */
    static Ending read(Source source, Limits limits, ToIntFunction<Poll.Rows> rows) {
        try (FirstRows reading = new FirstRows(source, limits, rows)) {
            return reading.read();
        }
    }

    private Ending read() {
        discover();
        while (seen < limits.rows()) {
            if (limits.stopped().getAsBoolean()) {
                return Ending.STOPPED;
            }
            openSome();
            if (!pollEach()) {
                if (open.isEmpty() && unopened.isEmpty() && complete) {
                    return Ending.ALL_THERE_IS;
                }
                if (isOver()) {
                    return Ending.NO_MORE_IN_TIME;
                }
                await();
            }
        }
        return Ending.ENOUGH;
    }

    private void discover() {
        Discovery found = source.discover(DISCOVERY_WAIT);
        complete = found.complete();
        found.partitions().stream().filter(each -> known.add(each.id())).forEach(unopened::add);
        discovered = System.nanoTime();
    }

    private boolean isOver() {
        return seen == 0 ? hasPassed(limits.longestWait(), started) : hasPassed(QUIET, lastRow);
    }

    private static boolean hasPassed(Duration time, long since) {
        return System.nanoTime() - since > time.toNanos();
    }

    private void await() {
        if (seen == 0 && !told && hasPassed(PATIENCE, started)) {
            told = true;
            limits.waiting().run();
        }
        LockSupport.parkNanos(PAUSE.toNanos());
        if (!complete && unopened.isEmpty() && hasPassed(QUIET, discovered)) {
            discover();
        }
    }

    /** More and more each time: the first partition may do, or all the others may have nothing. */
    private void openSome() {
        for (int i = 0; i < toOpen && !unopened.isEmpty(); i++) {
            open.add(source.partition(unopened.remove(), Optional.empty()));
        }
        toOpen = Math.min(2 * toOpen, MOST_OPENED_AT_ONCE);
    }

    /** Asks each partition once; false if none had anything. */
    private boolean pollEach() {
        boolean any = false;
        Duration wait = PAUSE.multipliedBy(2).dividedBy(Math.max(1, open.size()));
        for (int i = 0; i < open.size() && seen < limits.rows(); ) {
            Poll poll = open.get(i).poll(limits.rows() - seen, MAX_BYTES, wait);
            if (poll instanceof Poll.Rows found) {
                any = true;
                lastRow = System.nanoTime();
                seen += rows.applyAsInt(found);
            }
            if (poll instanceof Poll.End) {
                open.remove(i).close();
            } else {
                i++;
            }
        }
        return any;
    }

    @Override
    public void close() {
        open.forEach(SourcePartition::close);
    }
}
