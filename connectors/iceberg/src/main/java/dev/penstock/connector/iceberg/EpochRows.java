package dev.penstock.connector.iceberg;

import dev.penstock.spi.data.RecordBatch;
import java.util.List;

/**
 * The rows of an epoch of a writer on their way into files.
 *
 * <p><b>Order of calls:</b> {@code (add | columnsChange)* (finish | abort)}. <b>Threads:</b> one at a time.
 */
interface EpochRows {
    /** Takes the first {@code count} of {@code chosen} rows of {@code batch}. */
    void add(RecordBatch batch, int[] chosen, int count);

    /** Ends all files that are open, because the table is about to be loaded again with other columns. */
    void columnsChange();

    /** Rows taken so far. */
    long count();

    /** Ends all files, and gives what a commit needs to know of them. */
    List<Segment> finish();

    /** Gives up files that are open. Those that were ended stay where they are. */
    void abort();
}
