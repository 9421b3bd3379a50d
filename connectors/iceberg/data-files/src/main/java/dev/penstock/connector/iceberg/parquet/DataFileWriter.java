package dev.penstock.connector.iceberg.parquet;

import dev.penstock.spi.data.RecordBatch;
import org.apache.iceberg.DataFile;

/**
 * One data file under way. Columns of rows meet those of the table by their names; a column that rows do not have is
 * null, and one that the table does not have is an error.
 *
 * <p><b>Order of calls:</b> {@code write* (close | abort)}. <b>Threads:</b> one at a time. <b>Failures:</b> those of
 * the file's store as they are, unchecked; after one, only {@link #abort} may be called.
 */
public interface DataFileWriter {
    /**
     * Adds some rows of {@code batch}, in the order given; all are of the file's partition.
     *
     * @param rows their indexes; only the first {@code count} of them count
     */
    void write(RecordBatch batch, int[] rows, int count);

    /** Bytes that lie in the file already. */
    long bytesWritten();

    /** Bytes of memory that hold rows not yet written, as they are encoded so far. */
    long bufferedBytes();

    /** Rows taken so far. */
    long rows();

    /**
     * Ends the file, which is durable then as its store understands it, and describes it as a commit needs it: path,
     * size, partition, sort order, metrics and split offsets.
     */
    DataFile close();

    /** Gives the file up, and removes what there is of it as far as that goes. Never throws; again does nothing. */
    void abort();
}
