package dev.penstock.connector.lancedb.conformance;

import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.history.RowLayout;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/** A column for each part of a row, and a vector. */
public final class VectorLayout implements RowLayout {
    private static final Schema SCHEMA = NumberedRow.SCHEMA.with(Field.of("vector", DataType.vector(4)));

    /** For child processes. */
    public VectorLayout() {}

    @Override
    public Schema schema() {
        return SCHEMA;
    }

    @Override
    public RecordBatch batch(List<NumberedRow> rows) {
        return batch(rows, index -> 0);
    }

    /** The rows with {@code last} of the index of each as the last number of its vector. */
    static RecordBatch batch(List<NumberedRow> rows, IntToDoubleFunction last) {
        BatchBuilder batch = new BatchBuilder(SCHEMA);
        for (int index = 0; index < rows.size(); index++) {
            NumberedRow row = rows.get(index);
            float[] vector = {row.sequence(), row.partition(), 1, (float) last.applyAsDouble(index)};
            Row values = Row.of(
                    SCHEMA,
                    row.key(),
                    row.run(),
                    (long) row.partition(),
                    row.sequence(),
                    row.text(),
                    row.checksum(),
                    vector);
            batch.append(values.with(row.operation()));
        }
        return batch.build();
    }

    @Override
    public List<NumberedRow> rows(RecordBatch batch) {
        return NumberedRow.listOf(batch);
    }
}
