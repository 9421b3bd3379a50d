package dev.penstock.dataflow.transform;

import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Holds the values of a column beside the record to one record each: by one that holds none its row would be lost, and
 * by one that holds several it would be there several times.
 *
 * @param column whose values they are
 * @param decoded the columns that are read from it
 */
record OneRecord(String column, Schema decoded) {
    /** {@code read} from {@code rowCount} rows, with the rows rejected whose value holds none or several. */
    Decoding.Decoded of(Decoding.Decoded read, int rowCount) {
        int[] counts = new int[rowCount];
        for (int row : read.inputRows()) {
            counts[row]++;
        }
        List<RejectedRow> rejected = new ArrayList<>(read.rejected());
        boolean[] isRejected = new boolean[rowCount];
        rejected.forEach(row -> isRejected[row.index()] = true);
        for (int row = 0; row < rowCount; row++) {
            if (counts[row] != 1 && !isRejected[row]) {
                rejected.add(
                        new RejectedRow(row, "column '" + column + "': holds " + counts[row] + " records, not one"));
            }
        }
        if (rejected.size() == read.rejected().size()) {
            return read;
        }
        rejected.sort(Comparator.comparingInt(RejectedRow::index));
        return without(read, counts, rejected);
    }

    private Decoding.Decoded without(Decoding.Decoded read, int[] counts, List<RejectedRow> rejected) {
        int[] kept = IntStream.range(0, read.inputRows().length)
                .filter(place -> counts[read.inputRows()[place]] == 1)
                .toArray();
        int[] inputRows =
                IntStream.of(kept).map(place -> read.inputRows()[place]).toArray();
        RecordBatch rows = RecordBatch.of(decoded, read.inputRows().length, read.columns());
        return new Decoding.Decoded(rows.take(kept, kept.length).columns(), Optional.empty(), inputRows, rejected);
    }
}
