package dev.penstock.examples.billion;

import dev.penstock.dataflow.flow.ItemSource;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads the lines that begin in one range of a file. Its position is the offset of the next line. */
final class BlockPartition implements SourcePartition {
    private static final int BLOCK_BYTES = 1 << 20;

    private final FileChannel channel;
    private final long end;
    private long position;

    private BlockPartition(FileChannel channel, long position, long end) {
        this.channel = channel;
        this.position = position;
        this.end = end;
    }

    static BlockPartition open(Path file, long start, long end, Optional<ResumeState> from) {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
            long position = from.isPresent()
                    ? ByteBuffer.wrap(from.get().bytes()).getLong()
                    : start == 0 ? 0 : nextLine(channel, start - 1);
            return new BlockPartition(channel, position, Math.min(end, channel.size()));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        if (position >= end) {
            return new Poll.End(state());
        }
        try {
            long stop = position + BLOCK_BYTES < end
                    ? nextLine(channel, position + BLOCK_BYTES)
                    : nextLine(channel, end - 1);
            byte[] bytes = new byte[Math.toIntExact(stop - position) + 1];
            int length = read(ByteBuffer.wrap(bytes, 0, bytes.length - 1));
            if (bytes[length - 1] != '\n') {
                bytes[length++] = '\n'; // the last line of the file may have no end
            }
            position = stop;
            return new Poll.Rows(ItemSource.batch(List.of(new Block(bytes, length))), state());
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private int read(ByteBuffer block) throws IOException {
        int length = 0;
        while (block.hasRemaining()) {
            int read = channel.read(block, position + length);
            if (read < 0) {
                break;
            }
            length += read;
        }
        return length;
    }

    /** The offset behind the first line end at or behind {@code from}, or the size of the file. */
    private static long nextLine(FileChannel channel, long from) throws IOException {
        ByteBuffer some = ByteBuffer.allocate(256);
        long at = from;
        while (channel.read(some.clear(), at) > 0) {
            for (int index = 0; index < some.position(); index++) {
                if (some.get(index) == '\n') {
                    return at + index + 1;
                }
            }
            at += some.position();
        }
        return channel.size();
    }

    private ResumeState state() {
        return new ResumeState(
                1, ByteBuffer.allocate(Long.BYTES).putLong(position).array());
    }

    private static FatalException failed(IOException e) {
        return new FatalException("Cannot read measurements: " + e.getMessage() + "; see that the file stays there", e);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }
}
