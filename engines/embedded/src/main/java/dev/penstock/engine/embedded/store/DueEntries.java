package dev.penstock.engine.embedded.store;

import dev.penstock.dataflow.operator.TimeDomain;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.PriorityQueue;

/** The entries of blocks by when their timers are due, given out one after the other. Not thread safe. */
final class DueEntries {
    private final TimeDomain domain;
    private final long from;
    private final long nowMillis;
    private final PriorityQueue<OfBlock> blocks = new PriorityQueue<>(Comparator.comparingLong(OfBlock::next));
    private long oneTime = BlockCursor.NEVER;
    private int atOneTime;

    /**
     * Entries with a timer of {@code domain} that is due at {@code from} or later, and that live at {@code nowMillis}.
     */
    DueEntries(TimeDomain domain, long from, long nowMillis) {
        this.domain = domain;
        this.from = from;
        this.nowMillis = nowMillis;
    }

    /** An entry of a block: when it is due, and where it begins. */
    private record Due(long time, int at) {}

    /** Those of one block, soonest first. */
    private static final class OfBlock {
        private final byte[] block;
        private final Due[] entries;
        private int given;

        OfBlock(byte[] block, Due[] entries) {
            this.block = block;
            this.entries = entries;
        }

        long next() {
            return given < entries.length ? entries[given].time() : BlockCursor.NEVER;
        }

        /** Gives out the next. */
        boolean visit(KeyReader.DueVisitor visitor) throws SQLException {
            Due due = entries[given++];
            BlockCursor entry = new BlockCursor(block, due.at(), block.length);
            entry.next();
            return visitor.visit(entry.key(), entry.value(), due.time());
        }
    }

    /** Adds those of {@code block}; gives how many that are due at {@code time} have been added in a row. */
    int add(byte[] block, long time) throws SQLException {
        atOneTime = time == oneTime ? atOneTime : 0;
        oneTime = time;
        Due[] due = new Due[block.length];
        int count = 0;
        BlockCursor entries = new BlockCursor(block);
        while (entries.next()) {
            long dueAt = entries.due(domain);
            if (dueAt != BlockCursor.NEVER && dueAt >= from && entries.isLive(nowMillis)) {
                due[count++] = new Due(dueAt, entries.from());
                atOneTime += dueAt == time ? 1 : 0;
            }
        }
        Due[] sorted = Arrays.copyOf(due, count);
        Arrays.sort(sorted, Comparator.comparingLong(Due::time));
        if (count > 0) {
            blocks.add(new OfBlock(block, sorted));
        }
        return atOneTime;
    }

    /**
     * Gives out those that are due before {@code time}.
     *
     * @return whether the visitor wants more
     */
    boolean visitBefore(long time, KeyReader.DueVisitor visitor) throws SQLException {
        for (OfBlock first = blocks.peek(); first != null && first.next() < time; first = blocks.peek()) {
            blocks.poll();
            if (!first.visit(visitor)) {
                return false;
            }
            if (first.next() < BlockCursor.NEVER) {
                blocks.add(first);
            }
        }
        return true;
    }
}
