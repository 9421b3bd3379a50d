package dev.penstock.benchmarks;

import java.nio.file.Path;

/** The work of {@link BillionBenchmark} as a loop: one thread. */
final class BillionHandLoop {
    private BillionHandLoop() {}

    /** Arguments: the file. */
    public static void main(String[] arguments) {
        Measured measured = Measured.start();
        BillionBlocks blocks = new BillionBlocks(Path.of(arguments[0]));
        BillionTable table = new BillionTable();
        for (long block = 0; block < blocks.count(); block++) {
            blocks.add(block, table);
        }
        measured.print(table.rows());
        System.out.println(table.entries().size() + " stations");
    }
}
