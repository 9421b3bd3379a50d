package dev.penstock.dataflow.format;

import dev.penstock.dataflow.format.EventReader.Range;
import dev.penstock.format.registry.SchemaRegistry;
import dev.penstock.spi.Payload;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.TypeParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
    private final MessageForm form;
    private final Message<Map<String, DataType>> message;
    private final ColumnInference rows =
            new ColumnInference(new DecodeOptions(Format.JSON, new CsvOptions(',', '"', true, ""), false));
    private final Map<String, DataType> columns = new LinkedHashMap<>();

    /**
     * Nothing is known yet.
     *
     * @param registry of the schemas of events that are in Avro
     */
    public EventInference(Optional<SchemaRegistry> registry) {
        this.form = EventDecoder.form(registry);
        this.message = new Message<>(new MessageSchemas<>(form, EventInference::columns));
    }

    /** Looks at the events of {@code sample}. */
    public void observe(RecordBatch sample) {
        BytesColumn records = (BytesColumn) sample.column(Payload.COLUMN);
        for (int row = 0; row < sample.rowCount(); row++) {
            if (!records.isNull(row)) {
                try {
                    int start = records.start(row);
                    observe(form.json(new Range(records.data(), start, start + records.length(row))));
                } catch (ValueException e) {
                    // It is rejected when the pipeline meets it.
                }
            }
        }
    }

    private void observe(Range event) {
        in.start(event.data(), event.from(), event.to());
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
                rows.observe(event.data(), start, in.position());
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
