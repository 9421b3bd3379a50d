package dev.penstock.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file of lines in blocks of about a mebibyte, for the peers and the loop: each has the lines that begin in it. */
final class BillionBlocks {
    private static final int BLOCK_BYTES = 1 << 20;
    private static final int LONGEST_LINE = 256;

    private final FileChannel channel;
    private final long size;
    private byte[] bytes = new byte[0];

    BillionBlocks(Path file) {
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            size = channel.size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long count() {
        return (size + BLOCK_BYTES - 1) / BLOCK_BYTES;
    }

    /** Adds the lines of a block to {@code table}. */
    void add(long block, BillionTable table) {
        long start = block * BLOCK_BYTES;
        long from = Math.max(0, start - 1);
        long to = Math.min(size, start + BLOCK_BYTES + LONGEST_LINE);
        read(from, (int) (to - from));
        int first = start == 0 ? 0 : behindLine(0);
        int limit = (int) (Math.min(size, start + BLOCK_BYTES) - from);
        int end = behindLine(limit - 1);
        table.add(bytes, first, end);
    }

    private int behindLine(int at) {
        int end = at;
        while (bytes[end] != '\n') {
            end++;
        }
        return end + 1;
    }

    private void read(long from, int length) {
        if (bytes.length < length) {
            bytes = new byte[length];
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        try {
            while (buffer.hasRemaining() && channel.read(buffer, from + buffer.position()) >= 0) {}
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
