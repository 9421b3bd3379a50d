package dev.penstock.dataflow.flow;

import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.StateVersionException;
import dev.penstock.spi.data.Origin;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Objects;

/** Reads items by their index, which is also the position. */
final class MemoryPartition implements SourcePartition {
    private static final int VERSION = 1;
    private static final long BYTES_AN_ITEM = 48;

    private final String name;
    private final MemorySource.Sequence sequence;
    private long next;

    MemoryPartition(String name, MemorySource.Sequence sequence, long next) {
        this.name = name;
        this.sequence = sequence;
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
        long fitting = Math.max(1, maxBytes / BYTES_AN_ITEM);
        Object[] items = new Object[(int) Math.min(left, Math.min(maxRows, fitting))];
        long first = next;
        for (int i = 0; i < items.length; i++) {
            items[i] = item(first + i);
        }
        next += items.length;
        return new Poll.Rows(Items.stream(items, items.length).withOrigin(new Places(name, first)), state());
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
