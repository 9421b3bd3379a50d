package dev.penstock.connector.kafka.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.conformance.history.LineLayout;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.history.RowLayout;
import dev.penstock.spi.Payload;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.util.List;

/** Rows as lines, each with its key beside it. */
public final class KeyedLines implements RowLayout {
    private static final Schema SCHEMA =
            Schema.of(Field.required(NumberedRow.KEY, DataType.STRING), Field.of(Payload.COLUMN, DataType.BYTES));

    /** For child processes. */
    public KeyedLines() {}

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public RecordBatch batch(List<NumberedRow> rows) {
        BatchBuilder builder = new BatchBuilder(SCHEMA);
        rows.forEach(row -> builder.append(row(row, LineLayout.line(row))));
        return builder.build();
    }

    /** A row whose line is {@code line}. */
    static Row row(NumberedRow row, String line) {
        return Row.of(SCHEMA, row.key(), Bytes.copyOf(line.getBytes(UTF_8))).with(row.operation());
    }

    @Override
    public List<NumberedRow> rows(RecordBatch batch) {
        return RowLayout.LINES.rows(batch);
    }
}
