package dev.penstock.engine.embedded.keyed;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.data.Validity;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a batch are late in their own partition: what only the sender knows and the step must hear. They travel
 * as one more column, behind those of the rows, in batches that have such a row; operators never see it.
 */
public final class LateMarks {
    private static final Field COLUMN = Field.required("penstock.partition-watermark", DataType.INT64);

    private LateMarks() {}

    /** {@code batch} with {@code marks}, see {@link PartitionWatermarks#observe}. */
    public static RecordBatch put(RecordBatch batch, long[] marks) {
        List<Column> columns = new ArrayList<>(batch.columns());
        columns.add(new LongColumn(DataType.INT64, marks, Validity.ALL));
        return batch.withColumns(batch.schema().with(COLUMN), columns);
    }

    /** A batch as the sender had it, and its marks if it has some. */
    record Read(RecordBatch batch, @Nullable LongColumn marks) {
        /** The watermark that decides whether {@code row} is late, if that of the step is {@code merged}. */
        long watermark(int row, long merged) {
            return marks == null ? merged : Math.max(merged, marks.get(row));
        }
    }

    static Read read(RecordBatch batch, Schema schema) {
        if (batch.columns().size() == schema.size()) {
            return new Read(batch, null);
        }
        LongColumn marks = (LongColumn) batch.column(schema.size());
        return new Read(batch.withColumns(schema, batch.columns().subList(0, schema.size())), marks);
    }
}
