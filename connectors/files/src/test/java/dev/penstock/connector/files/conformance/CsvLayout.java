package dev.penstock.connector.files.conformance;

import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.history.RowLayout;
import dev.penstock.spi.Payload;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.List;

/** Each row as a csv record of one column; says what the header of a file is. */
public final class CsvLayout implements RowLayout {
    static final String HEADER = "row";

    private static final Schema SCHEMA = Schema.of(Payload.FIELD.with(Payload.HEADER, HEADER));

    /** For child processes. */
    public CsvLayout() {}

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public RecordBatch batch(List<NumberedRow> rows) {
        RecordBatch lines = LINES.batch(rows);
        return lines.withColumns(SCHEMA, lines.columns());
    }

    @Override
    public List<NumberedRow> rows(RecordBatch batch) {
        return LINES.rows(batch);
    }
}
