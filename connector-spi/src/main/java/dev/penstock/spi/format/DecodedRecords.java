package dev.penstock.spi.format;

import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What the records of a batch became.
 *
 * @param rows the decoded columns alone, with the operation of each row
 * @param inputRows for each row the row of the input that its record was in, ascending
 * @param rejected rows of the input whose record could not be read, ascending
 */
public record DecodedRecords(RecordBatch rows, int[] inputRows, List<RejectedRow> rejected) {
    public DecodedRecords {
        rejected = List.copyOf(rejected);
    }

    /**
     * Reads {@code records} one by one. A record that cannot be read is rejected and its neighbours are not; a DELETE
     * row without a record becomes a row of nulls.
     *
     * @param rows what {@code decoder} appends to; empty, and empty again afterwards
     */
    public static DecodedRecords read(RecordBatch input, BytesColumn records, BatchBuilder rows, RowDecoder decoder) {
        Reading reading = new Reading(rows, decoder, input.rowCount());
        for (int row = 0; row < input.rowCount(); row++) {
            reading.read(row, records, input.operation(row));
        }
        return new DecodedRecords(rows.build(), Arrays.copyOf(reading.inputRows, reading.count), reading.rejected);
    }

    /** One pass over the records of a batch. */
    private static final class Reading {
        private final BatchBuilder rows;
        private final RowDecoder decoder;
        private final List<RejectedRow> rejected = new ArrayList<>();
        private int[] inputRows;
        private int count;

        Reading(BatchBuilder rows, RowDecoder decoder, int expected) {
            this.rows = rows;
            this.decoder = decoder;
            this.inputRows = new int[expected];
        }

        void read(int row, BytesColumn records, Operation operation) {
            try {
                if (records.isNull(row)) {
                    withoutRecord(operation);
                } else {
                    int start = records.start(row);
                    decoder.decode(records.data(), start, start + records.length(row), operation);
                }
                add(row);
            } catch (BadRecordException e) {
                rows.truncate(count);
                rejected.add(new RejectedRow(row, e.reason()));
            } catch (RuntimeException | Error e) {
                rows.truncate(0);
                throw e;
            }
        }

        private void withoutRecord(Operation operation) {
            if (operation != Operation.DELETE) {
                throw new BadRecordException("the record is null");
            }
            for (int column = 0; column < rows.schema().size(); column++) {
                rows.column(column).appendNull();
            }
            rows.endRow(operation);
        }

        private void add(int row) {
            int total = rows.rowCount();
            if (total > inputRows.length) {
                inputRows = Arrays.copyOf(inputRows, Math.max(total, inputRows.length * 2));
            }
            Arrays.fill(inputRows, count, total, row);
            count = total;
        }
    }
}
