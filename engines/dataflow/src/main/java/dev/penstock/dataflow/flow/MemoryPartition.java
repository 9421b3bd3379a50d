package dev.penstock.dataflow.flow;

import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.StateVersionException;
import dev.penstock.spi.data.Origin;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** Reads items by their index, which is also the position. */
final class MemoryPartition implements SourcePartition {
    private static final int VERSION = 1;
    private static final long BYTES_AN_ITEM = 48;

    private final String name;
    private final MemorySource.Sequence sequence;
    private final Clock clock;
    private final Instant started;
    private final long startedAt;
    private long next;

    MemoryPartition(String name, MemorySource.Sequence sequence, long next, Clock clock) {
        this.name = name;
        this.sequence = sequence;
        this.clock = clock;
        this.started = clock.instant();
        this.startedAt = next;
        this.next = next;
    }

    /** How many items had been read. */
    static long position(ResumeState state) {
        if (state.version() != VERSION || state.size() != Long.BYTES) {
            throw new StateVersionException("the items of a program", state.version(), VERSION);
        }
        return ByteBuffer.wrap(state.bytes()).getLong();
    }

    private ResumeState state() {
        return new ResumeState(
                VERSION, ByteBuffer.allocate(Long.BYTES).putLong(next).array());
    }

    @Override
    public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        long left = sequence.count().getAsLong() - next;
        if (left <= 0) {
            return new Poll.End(state());
        }
        long due = due();
        if (due <= 0) {
            return new Poll.Idle(state(), untilNext());
        }
        long fitting = Math.max(1, maxBytes / BYTES_AN_ITEM);
        Object[] items = new Object[(int) Math.min(Math.min(left, due), Math.min(maxRows, fitting))];
        long first = next;
        for (int i = 0; i < items.length; i++) {
            items[i] = item(first + i);
        }
        next += items.length;
        return new Poll.Rows(Items.stream(items, items.length).withOrigin(new Places(name, first)), state());
    }

    /** How many items may be given now. */
    private long due() {
        return sequence.interval()
                .map(interval -> startedAt + 1 + elapsed().dividedBy(interval) - next)
                .orElse(Long.MAX_VALUE);
    }

    private Duration untilNext() {
        Duration interval = sequence.interval().orElse(Duration.ZERO);
        return interval.multipliedBy(next - startedAt).minus(elapsed());
    }

    /** Since the first item of this run was due; a clock that is set back stands still. */
    private Duration elapsed() {
        Duration elapsed = Duration.between(started, clock.instant());
        return elapsed.isNegative() ? Duration.ZERO : elapsed;
    }

    private Object item(long index) {
        return Objects.requireNonNull(
                sequence.item().apply(index),
                () -> "Cannot read item " + index + " of partition '" + name + "': it is null, which streams have not");
    }

    @Override
    public void close() {}

    private record Places(String partition, long first) implements Origin {
        @Override
        public String partition(int row) {
            return partition;
        }

        @Override
        public String position(int row) {
            return "item " + (first + row);
        }
    }
}
