package dev.penstock.dataflow.format;

import dev.penstock.spi.DataException;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Validity;
import dev.penstock.spi.format.EncodedRecords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes the rows of a batch as records. A row that cannot be written is rejected and its neighbours are not.
 *
 * <p>Keeps buffers from batch to batch; not thread safe.
 */
public final class RecordEncoder {
    private static final int FIRST_BYTES = 1 << 16;

    private final Format format;
    private final CsvOptions csv;
    private final ByteOutput out = new ByteOutput(FIRST_BYTES);

    /** An encoder of {@code format}. */
    public RecordEncoder(Format format, CsvOptions csv) {
        this.format = format;
        this.csv = csv;
    }

    /** Writes all columns of {@code batch}. */
    public EncodedRecords encode(RecordBatch batch) {
        return switch (format) {
            case TEXT -> text(batch.rowCount(), (BytesColumn) batch.column(0));
            case JSON, NDJSON ->
                write(batch.rowCount(), new ObjectWriter(batch.schema().names(), batch.columns())::write, out);
            case CSV -> write(batch.rowCount(), new CsvWriter(csv, batch)::write, out);
        };
    }

    /** The line that names the columns of {@code names} in csv. */
    public String header(List<String> names) {
        return CsvWriter.header(csv, names);
    }

    private static EncodedRecords text(int rows, BytesColumn column) {
        if (column.validity().allValid()) {
            return new EncodedRecords(
                    new BytesColumn(DataType.BYTES, column.offsets(), column.data(), Validity.ALL), List.of());
        }
        List<RejectedRow> rejected = new ArrayList<>();
        int[] kept = new int[rows];
        int count = 0;
        for (int row = 0; row < rows; row++) {
            if (column.isNull(row)) {
                rejected.add(new RejectedRow(row, "the text is null"));
            } else {
                kept[count++] = row;
            }
        }
        BytesColumn taken = column.take(kept, count);
        return new EncodedRecords(
                new BytesColumn(DataType.BYTES, taken.offsets(), taken.data(), Validity.ALL), rejected);
    }

    /** Writes {@code rows} rows into {@code out}, which is empty, and empty again afterwards. */
    static EncodedRecords write(int rows, JsonWriter writer, ByteOutput out) {
        List<RejectedRow> rejected = new ArrayList<>();
        int[] ends = new int[rows + 1];
        int count = 0;
        for (int row = 0; row < rows; row++) {
            try {
                writer.write(row, out);
                ends[++count] = out.size();
            } catch (ValueException e) {
                out.truncate(ends[count]);
                rejected.add(new RejectedRow(row, e.reason()));
            } catch (ArithmeticException e) {
                throw tooLarge(e);
            }
        }
        return new EncodedRecords(out.toColumn(DataType.BYTES, Arrays.copyOf(ends, count + 1), Validity.ALL), rejected);
    }

    private static DataException tooLarge(ArithmeticException cause) {
        return new DataException(
                "Cannot encode a batch: its records take more than 2 GiB; lower batch-rows or batch-bytes", cause);
    }
}
