package dev.penstock.connector.iceberg;

import dev.penstock.spi.data.RecordBatch;
import java.util.Arrays;

/** Some rows of one batch, in the order they were chosen in. */
final class BatchRows {
    private final RecordBatch batch;
    private int[] indexes = new int[16];
    private int count;

    BatchRows(RecordBatch batch) {
        this.batch = batch;
    }

    void add(int row) {
        if (count == indexes.length) {
            indexes = Arrays.copyOf(indexes, 2 * count);
        }
        indexes[count++] = row;
    }

    RecordBatch batch() {
        return batch;
    }

    /** The indexes of the rows; longer than their number perhaps; not to be changed. */
    int[] indexes() {
        return indexes;
    }

    int count() {
        return count;
    }

    /** The memory that it takes besides that of the batch. */
    long sizeInBytes() {
        return 4L * indexes.length;
    }

    /** The rows as a batch of their own, without those around them. */
    RecordBatch copy() {
        return RecordBatch.of(batch.schema(), batch.rowCount(), batch.columns()).take(indexes, count);
    }
}
