package dev.penstock.dataflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.format.EncodedRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Writes rows as change events in the form of Debezium: what has happened, the row as it is and, where known, as it
 * was. The same rows give the same bytes, so the time of an event is that of its row, or null.
 *
 * <p>Keeps buffers from batch to batch; not thread safe.
 */
public final class EventEncoder {
    private static final int FIRST_BYTES = 1 << 16;
    private static final byte[] BEFORE = ascii("{\"before\":");
    private static final byte[] AFTER = ascii(",\"after\":");
    private static final byte[] OPERATION = ascii(",\"op\":\"");
    private static final byte[] TIME = ascii("\",\"ts_ms\":");
    private static final byte[] SOURCE_TIME = ascii(",\"ts_ms\":");
    private static final byte[] SOURCE_MICROS = ascii(",\"ts_us\":");
    private static final byte[] SNAPSHOT = ascii(",\"snapshot\":\"");

    private final Schema schema;
    private final EventValues values;
    private final byte[] begin;
    private final byte[] source;
    private final byte[] sourceEnd;
    private final byte[] end;
    private final ByteOutput out = new ByteOutput(FIRST_BYTES);

    /**
     * What events say of where they come from.
     *
     * @param name of what made them, the prefix of topics in Debezium
     * @param database and {@code schema} and {@code table}: what they are about
     */
    public record Source(String name, String database, Optional<String> schema, String table) {}

    /** An encoder of rows of {@code rows}, which puts the schema into each event if {@code schemas}. */
    public EventEncoder(Schema rows, Source origin, boolean schemas) {
        this.schema = rows;
        this.values = new EventValues(schemas);
        String table = origin.name() + origin.schema().map(name -> "." + name).orElse("") + "." + origin.table();
        this.begin = ascii(schemas ? "{\"schema\":" + EventSchema.of(rows, table) + ",\"payload\":" : "");
        this.end = ascii(schemas ? "}" : "");
        this.source =
                ascii(",\"source\":{\"version\":\"1\",\"connector\":\"penstock\",\"name\":" + text(origin.name()));
        this.sourceEnd = ascii("\",\"db\":" + text(origin.database()) + ",\"schema\":"
                + origin.schema().map(EventEncoder::text).orElse("null") + ",\"table\":" + text(origin.table()) + "}");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(UTF_8);
    }

    private static String text(String text) {
        return JsonStrings.quoted(text);
    }

    /** Writes {@code rows}. */
    public EncodedRecords encode(RecordBatch rows) {
        JsonWriter row = writer(schema.names(), rows.columns());
        Optional<RecordBatch> known = rows.before();
        JsonWriter before = known.map(batch -> writer(schema.names(), like(batch)))
                .orElse((index, target) -> target.put(JsonStrings.NULL));
        JsonWriter event = (index, target) -> {
            target.put(begin);
            target.put(BEFORE);
            Operation operation = rows.operation(index);
            if (operation == Operation.DELETE) {
                row.write(index, target);
            } else if (known.isPresent() && isKnown(known.get(), index)) {
                before.write(index, target);
            } else {
                target.put(JsonStrings.NULL);
            }
            target.put(AFTER);
            if (operation == Operation.DELETE) {
                target.put(JsonStrings.NULL);
            } else {
                row.write(index, target);
            }
            tail(operation, rows.eventTime(index), target);
        };
        return RecordEncoder.write(rows.rowCount(), event, out);
    }

    private JsonWriter writer(List<String> names, List<Column> columns) {
        return new ObjectWriter(names, columns, values::column)::write;
    }

    /** The columns of {@code batch} that rows have, without values where it has none of that type. */
    private List<Column> like(RecordBatch batch) {
        List<Column> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            OptionalInt index = batch.schema().find(field.name());
            if (index.isPresent() && batch.schema().field(field.name()).type().equals(field.type())) {
                columns.add(batch.column(index.getAsInt()));
            } else {
                ColumnBuilder nulls = ColumnBuilder.of(field.type(), Math.max(1, batch.rowCount()));
                nulls.appendNulls(batch.rowCount());
                columns.add(nulls.build());
            }
        }
        return columns;
    }

    private static boolean isKnown(RecordBatch before, int row) {
        return before.columns().stream().anyMatch(column -> !column.isNull(row) || column.isUnchanged(row));
    }

    private void tail(Operation operation, long micros, ByteOutput target) {
        target.put(source);
        target.put(SOURCE_TIME);
        time(micros, 1_000, target);
        target.put(SOURCE_MICROS);
        time(micros, 1, target);
        target.put(SNAPSHOT);
        target.put(operation == Operation.READ ? "true" : "false");
        target.put(sourceEnd);
        target.put(OPERATION);
        target.put(code(operation));
        target.put(TIME);
        time(micros, 1_000, target);
        target.put('}');
        target.put(end);
    }

    static char code(Operation operation) {
        return switch (operation) {
            case INSERT -> 'c';
            case UPDATE -> 'u';
            case DELETE -> 'd';
            case READ -> 'r';
        };
    }

    static void time(long micros, long unit, ByteOutput target) {
        if (micros == RecordBatch.NO_EVENT_TIME) {
            target.put(JsonStrings.NULL);
        } else {
            target.putLong(Math.floorDiv(micros, unit));
        }
    }
}
