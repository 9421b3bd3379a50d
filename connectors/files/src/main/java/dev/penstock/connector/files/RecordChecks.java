package dev.penstock.connector.files;

import dev.penstock.spi.Payload.Framing;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.util.Optional;

/**
 * Finds the records of a batch that cannot stand in a file; looks at single rows only where the batch may have some.
 */
final class RecordChecks {
    private final RecordBatch batch;
    private final BytesColumn records;
    private final boolean mayHoldLineFeeds;

    RecordChecks(RecordBatch batch, BytesColumn records, Framing framing) {
        this.batch = batch;
        this.records = records;
        int[] offsets = records.offsets();
        this.mayHoldLineFeeds = framing == Framing.LINES
                && LineEnds.indexOf(records.data(), offsets[0], offsets[records.size()], (byte) '\n') >= 0;
    }

    /** Why {@code row} cannot be written, if so. */
    Optional<String> reason(int row) {
        if (!batch.allInserts() && isChange(batch.operation(row))) {
            return Optional.of("files take no updates and deletes: rows can only be added");
        }
        if (records.isNull(row)) {
            return Optional.of("column 'record' is null");
        }
        if (mayHoldLineFeeds) {
            int start = records.start(row);
            int end = start + records.length(row);
            return LineEnds.indexOf(records.data(), start, end, (byte) '\n') < 0
                    ? Optional.empty()
                    : Optional.of("column 'record' holds a line feed, which would make two lines of it");
        }
        return Optional.empty();
    }

    private static boolean isChange(Operation operation) {
        return operation == Operation.DELETE || operation == Operation.UPDATE;
    }
}
