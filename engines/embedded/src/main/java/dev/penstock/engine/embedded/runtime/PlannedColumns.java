package dev.penstock.engine.embedded.runtime;

import dev.penstock.spi.DataException;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;

/** The columns that a step was planned for, where they cannot change while the pipeline runs. */
record PlannedColumns(String stepId, Schema schema) {
    /** @throws DataException if {@code batch} has others */
    void check(RecordBatch batch) {
        if (!batch.schema().equals(schema)) {
            throw new DataException("Cannot divide rows among the workers of step '" + stepId + "': their columns are "
                    + batch.schema() + " now and were " + schema + " at the start; run the pipeline again");
        }
    }
}
