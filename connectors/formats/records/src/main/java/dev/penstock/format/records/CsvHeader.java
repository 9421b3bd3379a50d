package dev.penstock.format.records;

import dev.penstock.spi.Payload;
import dev.penstock.spi.data.RecordBatch;
import java.util.Optional;

/** The line with which a file of csv records begins. */
public final class CsvHeader {
    private CsvHeader() {}

    /** That of the records of a batch: what the format says, or else what stood where they came from. */
    public static Optional<String> of(RecordBatch batch) {
        String declared = batch.schema().field(Payload.COLUMN).metadata().get(Payload.HEADER);
        return Optional.ofNullable(
                declared != null ? declared : batch.origin().attributes().get(Payload.HEADER));
    }
}
