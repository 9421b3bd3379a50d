package dev.penstock.connector.iceberg;

import dev.penstock.connector.iceberg.reading.LiveRows;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Validity;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.MetadataColumns;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableUtil;
import org.jspecify.annotations.Nullable;

/**
 * The ids of rows and when they were changed last, which tables of format version 3 keep when rows move to other files.
 * A file holds them of rows that have moved; others have them by their place, as the table specification says under
 * "Row Lineage".
 */
final class RowLineage {
    private static final int FIRST_VERSION = 3;

    private final Schema columns;
    private final boolean kept;

    RowLineage(Table table) {
        this.kept = TableUtil.formatVersion(table) >= FIRST_VERSION;
        this.columns = kept ? MetadataColumns.schemaWithRowLineage(table.schema()) : table.schema();
    }

    /** What has to be read and written of the table for its rows to stay what they are: these two columns come last. */
    Schema columns() {
        return columns;
    }

    /** Rows of {@code file} with the lineage that they have by their place where the file does not hold it. */
    RecordBatch told(LiveRows.Live live, DataFile file) {
        if (!kept) {
            return live.rows();
        }
        List<Column> told = new ArrayList<>(live.rows().columns());
        int changed = told.size() - 1;
        @Nullable Long first = file.firstRowId();
        if (first != null) {
            told.set(changed - 1, filled(told.get(changed - 1), row -> first + live.places()[row]));
        }
        @Nullable Long sequence = file.fileSequenceNumber();
        if (sequence != null) {
            told.set(changed, filled(told.get(changed), row -> sequence));
        }
        return live.rows().withColumns(live.rows().schema(), told);
    }

    private static Column filled(Column column, IntToLongFunction missing) {
        LongColumn held = (LongColumn) column;
        long[] values = held.values().clone();
        for (int row = 0; row < values.length; row++) {
            if (held.isNull(row)) {
                values[row] = missing.applyAsLong(row);
            }
        }
        return new LongColumn(DataType.INT64, values, Validity.ALL);
    }
}
