package dev.penstock.dataflow.format;

import dev.penstock.spi.Payload;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.TypeParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds out the columns of a table from change events: from their schemas, or else from the rows themselves, as
 * {@link ColumnInference} does.
 *
 * <p><b>Order of calls:</b> {@code observe* columns}. Events that cannot be read are passed over. Not thread safe.
 */
public final class EventInference {
    private static final List<String> ROWS = List.of("before", "after");

    private final JsonScanner in = new JsonScanner();
    private final FieldNames names = new FieldNames(ROWS);
    private final Message<Map<String, DataType>> message = new Message<>(new MessageSchemas<>(EventInference::columns));
    private final ColumnInference rows =
            new ColumnInference(new DecodeOptions(Format.JSON, new CsvOptions(',', '"', true, ""), false));
    private final Map<String, DataType> columns = new LinkedHashMap<>();

    /** Looks at the events of {@code sample}. */
    public void observe(RecordBatch sample) {
        BytesColumn records = (BytesColumn) sample.column(Payload.COLUMN);
        for (int row = 0; row < sample.rowCount(); row++) {
            if (!records.isNull(row)) {
                try {
                    int start = records.start(row);
                    observe(records.data(), start, start + records.length(row));
                } catch (ValueException e) {
                    // It is rejected when the pipeline meets it.
                }
            }
        }
    }

    private void observe(byte[] data, int from, int to) {
        in.start(data, from, to);
        Map<String, DataType> known = message.begin(in);
        if (!known.isEmpty()) {
            columns.putAll(known);
            return;
        }
        in.expect('{');
        int previous = -1;
        do {
            int field = names.read(in, previous);
            in.expect(':');
            if (field >= 0 && in.peek() == '{') {
                int start = in.position();
                in.skipValue();
                rows.observe(data, start, in.position());
            } else {
                in.skipValue();
            }
            previous = field;
        } while (in.accept(','));
    }

    private static Map<String, DataType> columns(ConnectType event) {
        Map<String, DataType> columns = new LinkedHashMap<>();
        for (String row : ROWS) {
            event.field(row).fields().forEach((name, type) -> columns.put(name, ConnectColumns.type(type)));
        }
        return columns;
    }

    /** The columns found so far, in the order of their first event. */
    public List<Field> columns() {
        if (!columns.isEmpty()) {
            return columns.entrySet().stream()
                    .map(column -> Field.of(column.getKey(), column.getValue()))
                    .toList();
        }
        return rows.columns().entrySet().stream()
                .map(column -> Field.of(column.getKey(), TypeParser.parse(column.getValue())))
                .toList();
    }
}
