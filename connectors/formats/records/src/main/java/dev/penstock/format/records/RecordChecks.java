package dev.penstock.format.records;

import dev.penstock.spi.Payload.Framing;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.util.Optional;

/**
 * Finds the records of a batch that cannot stand in a file or object; looks at single rows only where the batch may
 * have some.
 */
public final class RecordChecks {
    private final RecordBatch batch;
    private final BytesColumn records;
    private final String places;
    private final boolean mayHoldLineFeeds;

    /** @param places what the records are to stand in, for people: files or objects */
    public RecordChecks(RecordBatch batch, BytesColumn records, Framing framing, String places) {
        this.batch = batch;
        this.records = records;
        this.places = places;
        int[] offsets = records.offsets();
        this.mayHoldLineFeeds = framing == Framing.LINES
                && LineEnds.indexOf(records.data(), offsets[0], offsets[records.size()], (byte) '\n') >= 0;
    }

    /** Why {@code row} cannot be written, if so. */
    public Optional<String> reason(int row) {
        if (!batch.allInserts() && isChange(batch.operation(row))) {
            return Optional.of(places + " take no updates and deletes: rows can only be added");
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
