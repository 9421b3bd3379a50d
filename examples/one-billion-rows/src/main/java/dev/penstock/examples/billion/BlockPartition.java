package dev.penstock.examples.billion;

import dev.penstock.dataflow.flow.ItemSource;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Cuts one range of a file into blocks. Its position is where the next block begins. */
final class BlockPartition implements SourcePartition {
    private static final int BLOCK_BYTES = 1 << 20;

    private final Path file;
    private final long end;
    private long position;

    /** The blocks from {@code position} to {@code end}. */
    BlockPartition(Path file, long position, long end) {
        this.file = file;
        this.position = position;
        this.end = end;
    }

    /** Where a partition with this state went on. */
    static long position(ResumeState state) {
        return ByteBuffer.wrap(state.bytes()).getLong();
    }

    @Override
    public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        if (position >= end) {
            return new Poll.End(state());
        }
        Block block = new Block(file, position, Math.min(end, position + BLOCK_BYTES));
        position = block.end();
        return new Poll.Rows(ItemSource.batch(List.of(block)), state());
    }

    private ResumeState state() {
        return new ResumeState(
                1, ByteBuffer.allocate(Long.BYTES).putLong(position).array());
    }

    @Override
    public void close() {
        // nothing is held
    }
}
