package dev.penstock.benchmarks;

import dev.penstock.examples.billion.OneBillionRows;

/** The example {@code one-billion-rows} as it is, without warming up. */
final class BillionOurs {
    private BillionOurs() {}

    /** Arguments: the file, how many rows it has, how many workers. */
    public static void main(String[] arguments) {
        long rows = Long.parseLong(arguments[1]);
        Measured measured = Measured.start();
        OneBillionRows.main(new String[] {arguments[0], arguments[2]});
        measured.print(rows);
    }
}
