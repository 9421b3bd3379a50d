package dev.penstock.engine.embedded.runtime;

import dev.penstock.spi.BadRow;
import dev.penstock.spi.DataException;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.data.RecordBatch;
import java.util.List;

/** Stops the pipeline at the first row that cannot be taken, before its position is passed. */
final class HaltOnRejection implements Rejections {
    private static final String REMEDY = "mend or remove it, or set errors.policy to dead-letter to go on without it";

    @Override
    public void rejected(String stepId, RecordBatch batch, List<RejectedRow> rows) {
        if (!rows.isEmpty()) {
            RejectedRow row = rows.get(0);
            throw halt(
                    "take",
                    batch.origin().partition(row.index()),
                    batch.origin().position(row.index()),
                    stepId,
                    row.reason());
        }
    }

    @Override
    public void bad(String stepId, List<BadRow> rows) {
        if (!rows.isEmpty()) {
            BadRow row = rows.get(0);
            throw halt("read", row.partition(), row.position(), stepId, row.cause());
        }
    }

    private static DataException halt(String verb, String partition, String position, String stepId, String cause) {
        String where = partition.isEmpty() ? "" : " of partition '" + partition + "' at " + position;
        return new DataException(
                "Cannot " + verb + " a row" + where + " in step '" + stepId + "': " + cause + "; " + REMEDY);
    }
}
