package dev.penstock.engine.embedded.runtime;

import dev.penstock.spi.BadRow;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.data.RecordBatch;
import java.util.List;

/** What becomes of rows that a step could not take. */
interface Rejections {
    /** Rows of {@code batch} that step {@code stepId} did not take. */
    void rejected(String stepId, RecordBatch batch, List<RejectedRow> rows);

    /** What source {@code stepId} could not make into rows. */
    void bad(String stepId, List<BadRow> rows);
}
