package dev.penstock.dataflow.format;

import dev.penstock.dataflow.format.EventReader.Range;
import dev.penstock.format.registry.SchemaRegistry;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.format.DecodedRecords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Reads batches of change events of Debezium in JSON. An event that cannot be read is rejected and its neighbours are
 * not.
 *
 * <p>Keeps buffers from batch to batch; not thread safe.
 */
public final class EventDecoder {
    private static final Range NO_KEY = new Range(new byte[0], 0, 0);

    private final EventColumns columns;
    private final EventReader reader;
    private final MessageForm values;
    private final MessageForm keys;
    private final Optional<String> keyColumn;

    /**
     * A decoder into {@code fields}, the columns of a table, and the metadata that is wanted behind them.
     *
     * @param registry of the schemas of events that are in Avro
     */
    public EventDecoder(List<Field> fields, DebeziumOptions options, Optional<SchemaRegistry> registry) {
        this.columns = new EventColumns(fields, options.metadata());
        this.values = form(registry);
        this.keys = form(registry);
        this.reader = new EventReader(columns, options, values);
        this.keyColumn = options.keyColumn();
    }

    static MessageForm form(Optional<SchemaRegistry> registry) {
        return registry.<MessageForm>map(AvroMessages::new).orElse(MessageForm.JSON);
    }

    /** Reads {@code records}, a column of {@code input}; the rows have event times and, where known, those before. */
    public DecodedRecords decode(RecordBatch input, BytesColumn records) {
        Optional<BytesColumn> keyColumns = keyColumn.map(name -> (BytesColumn) input.column(name));
        List<RejectedRow> rejected = new ArrayList<>();
        int[] inputRows = new int[input.rowCount()];
        for (int row = 0; row < input.rowCount(); row++) {
            int before = columns.rows();
            try {
                read(records, row, keyOf(keyColumns, row));
            } catch (ValueException e) {
                columns.cancelRow();
                rejected.add(new RejectedRow(row, e.reason()));
            }
            if (columns.rows() > before) {
                inputRows[before] = row;
            }
        }
        int[] taken = Arrays.copyOf(inputRows, columns.rows());
        return new DecodedRecords(columns.build(times(input, taken)), taken, rejected);
    }

    private void read(BytesColumn records, int row, Range key) {
        if (records.isNull(row)) {
            reader.tombstone(key);
        } else {
            int start = records.start(row);
            reader.read(values.json(new Range(records.data(), start, start + records.length(row))), key);
        }
    }

    private Range keyOf(Optional<BytesColumn> column, int row) {
        if (column.isEmpty() || column.get().isNull(row)) {
            return NO_KEY;
        }
        int start = column.get().start(row);
        try {
            return keys.json(
                    new Range(column.get().data(), start, start + column.get().length(row)));
        } catch (ValueException e) {
            throw new ValueException("key: " + e.reason());
        }
    }

    private static long[] times(RecordBatch input, int[] rows) {
        long[] times = new long[rows.length];
        for (int i = 0; i < rows.length; i++) {
            times[i] = input.eventTime(rows[i]);
        }
        return times;
    }
}
