package dev.penstock.benchmarks;

import dev.penstock.examples.billion.Block;
import dev.penstock.examples.billion.Summary;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The work of {@link BillionBenchmark} as a loop: one thread. */
final class BillionHandLoop {
    private BillionHandLoop() {}

    /** Arguments: the file, how many rows it has, whether each row is an item, a file to warm up. */
    public static void main(String[] arguments) {
        boolean byRow = Boolean.parseBoolean(arguments[2]);
        execute(arguments[3], byRow);
        Measured measured = Measured.start();
        long found = execute(arguments[0], byRow);
        measured.print(found);
        BillionBlocks.check(Long.parseLong(arguments[1]), found);
    }

    private static long execute(String file, boolean byRow) {
        BillionBlocks blocks = new BillionBlocks(Path.of(file));
        Map<String, Summary> stations = new HashMap<>();
        for (long number = 0; number < blocks.count(); number++) {
            Block block = blocks.block(number);
            for (Summary summary : byRow ? BillionBlocks.rows(block) : BillionBlocks.summaries(block)) {
                stations.merge(summary.station(), summary, Summary::and);
            }
        }
        return stations.values().stream().mapToLong(Summary::count).sum();
    }
}
