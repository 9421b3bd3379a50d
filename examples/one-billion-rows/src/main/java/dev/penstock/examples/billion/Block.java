package dev.penstock.examples.billion;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The lines of a file that begin in a range of it. They are read by the thread that works on them, so that their bytes
 * need not travel from one processor to another.
 *
 * @param start the offset that the range begins at
 * @param end the offset behind the range, not behind the end of the file
 */
public record Block(Path file, long start, long end) {
    private static final int SOME_BYTES = 256;
    private static final int MORE_BYTES = 3 * Long.BYTES;

    /** Each thread reads all its blocks into the same memory, which stays in the cache. */
    private static final ThreadLocal<byte[]> MEMORY = ThreadLocal.withInitial(() -> new byte[0]);

    /**
     * What a block holds, until its thread reads the next.
     *
     * @param bytes of which the first {@code length} count, ending with a line end; there are some more, so that those
     *     that count can be looked at {@link Words eight at a time}
     */
    public record Lines(byte[] bytes, int length) {}

    /** Reads the block. */
    public Lines read() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long first = start == 0 ? 0 : behindLine(channel, start - 1);
            long last = behindLine(channel, end - 1);
            byte[] bytes = memory(Math.toIntExact(Math.max(0, last - first)) + 1 + MORE_BYTES);
            int length = read(channel, first, ByteBuffer.wrap(bytes, 0, (int) Math.max(0, last - first)));
            if (length > 0 && bytes[length - 1] != '\n') {
                bytes[length++] = '\n'; // the last line of the file may have no end
            }
            return new Lines(bytes, length);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read '" + file + "'; see that it stays there", e);
        }
    }

    private static byte[] memory(int length) {
        if (MEMORY.get().length < length) {
            MEMORY.set(new byte[length + length / 4]);
        }
        return MEMORY.get();
    }

    private static int read(FileChannel channel, long from, ByteBuffer into) throws IOException {
        int length = 0;
        while (into.hasRemaining()) {
            int read = channel.read(into, from + length);
            if (read < 0) {
                break;
            }
            length += read;
        }
        return length;
    }

    /** The offset behind the first line end at or behind {@code from}, or the size of the file. */
    private static long behindLine(FileChannel channel, long from) throws IOException {
        ByteBuffer some = ByteBuffer.allocate(SOME_BYTES);
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
}
