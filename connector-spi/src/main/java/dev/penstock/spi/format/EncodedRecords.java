package dev.penstock.spi.format;

import dev.penstock.spi.DataException;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.List;

/**
 * What the rows of a batch became.
 *
 * @param records as many as there are rows that could be written
 * @param rejected the rows that could not, ascending
 */
public record EncodedRecords(BytesColumn records, List<RejectedRow> rejected) {
    public EncodedRecords {
        rejected = List.copyOf(rejected);
    }

    /**
     * Writes {@code rows} one by one. A row that cannot be written is rejected and its neighbours are not. A DELETE
     * row, which may have nothing but its key, gets an empty record then, and passes.
     */
    public static EncodedRecords write(RecordBatch rows, RowEncoder encoder) {
        BytesColumnBuilder records =
                (BytesColumnBuilder) ColumnBuilder.of(DataType.BYTES, Math.max(1, rows.rowCount()));
        List<RejectedRow> rejected = new ArrayList<>();
        for (int row = 0; row < rows.rowCount(); row++) {
            try {
                encoder.encode(row, records);
            } catch (BadRecordException e) {
                if (rows.operation(row) == Operation.DELETE) {
                    records.append(new byte[0], 0, 0);
                } else {
                    rejected.add(new RejectedRow(row, e.reason()));
                }
            } catch (ArithmeticException e) {
                throw new DataException(
                        "Cannot encode a batch: its records take more than 2 GiB; lower batch-rows or batch-bytes", e);
            }
        }
        return new EncodedRecords(records.build(), rejected);
    }
}
