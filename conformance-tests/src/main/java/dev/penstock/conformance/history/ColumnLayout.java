package dev.penstock.conformance.history;

import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.List;

/** A column for each part of a row. */
public final class ColumnLayout implements RowLayout {
    /** Stateless. */
    public ColumnLayout() {}

    @Override
    public Schema schema() {
        return NumberedRow.SCHEMA;
    }

    @Override
    public RecordBatch batch(List<NumberedRow> rows) {
        return NumberedRow.batch(rows);
    }

    @Override
    public List<NumberedRow> rows(RecordBatch batch) {
        return NumberedRow.listOf(batch);
    }
}
