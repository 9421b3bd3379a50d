package dev.penstock.benchmarks;

import dev.penstock.examples.billion.Block;
import dev.penstock.examples.billion.StationTable;
import dev.penstock.examples.billion.Summary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A file of lines in the blocks of the example, which peers and the loop read with the functions of the example. */
final class BillionBlocks {
    private static final int BLOCK_BYTES = 1 << 20;

    private final Path file;
    private final long size;

    BillionBlocks(Path file) {
        this.file = file;
        try {
            this.size = Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long count() {
        return (size + BLOCK_BYTES - 1) / BLOCK_BYTES;
    }

    Block block(long number) {
        long start = number * BLOCK_BYTES;
        return new Block(file, start, Math.min(size, start + BLOCK_BYTES));
    }

    /** Fails unless all rows were counted. */
    static void check(long rows, long found) {
        if (found != rows) {
            throw new IllegalStateException("Cannot count the rows: " + found + " came out of " + rows);
        }
    }

    /** What the lines of a block say: one summary a station. */
    static List<Summary> summaries(Block block) {
        return StationTable.summarise(block);
    }

    /** The same, each line by itself. */
    static List<Summary> rows(Block block) {
        Block.Lines lines = block.read();
        byte[] bytes = lines.bytes();
        List<Summary> rows = new ArrayList<>();
        int at = 0;
        while (at < lines.length()) {
            int from = at;
            while (bytes[at] != ';') {
                at++;
            }
            String station = new String(bytes, from, at - from, StandardCharsets.UTF_8);
            boolean isNegative = bytes[++at] == '-';
            int tenths = 0;
            for (; bytes[at] != '\n'; at++) {
                tenths = bytes[at] >= '0' ? 10 * tenths + bytes[at] - '0' : tenths;
            }
            at++;
            int signed = isNegative ? -tenths : tenths;
            rows.add(new Summary(station, signed, signed, signed, 1));
        }
        return rows;
    }
}
