package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeSettings.Metadata;
import dev.penstock.connector.postgres.ChangeSettings.RowForm;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.BytesColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.LongColumnBuilder;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What events look like: rows of any table, with the columns of the table as JSON. Immutable. */
final class EventForm {
    private static final int SCHEMA = 0;
    private static final int TABLE = 1;
    private static final int KEY = 2;
    private static final int BEFORE = 3;
    private static final int AFTER = 4;
    private static final int METADATA = 5;

    private final Schema schema;
    private final List<Metadata> metadata;
    private final JsonValues values;

    EventForm(RowForm rows) {
        this.metadata = rows.metadata();
        this.values = new JsonValues(rows.values());
        List<Field> fields = new ArrayList<>(List.of(
                Field.required("schema", DataType.STRING),
                Field.required("table", DataType.STRING),
                Field.of("key", DataType.JSON),
                Field.of("before", DataType.JSON),
                Field.of("after", DataType.JSON)));
        metadata.forEach(column -> fields.add(ChangedTable.field(column)));
        this.schema = new Schema(fields, List.of("schema", "table", "key"));
    }

    /** The columns of events. */
    Schema schema() {
        return schema;
    }

    List<Metadata> metadata() {
        return metadata;
    }

    /**
     * A writer of events of {@code table}.
     *
     * @param rows as they are, or of deletes what is known of them
     * @param before the rows before, where they are known
     */
    Writer writer(ChangedTable table, RecordBatch rows, @Nullable RecordBatch before) {
        return new Writer(table, rows, before);
    }

    /** The events that {@code rows} are, which were there before the first change. */
    RecordBatch read(ChangedTable table, RecordBatch rows) {
        BatchBuilder events = new BatchBuilder(schema, Math.max(1, rows.rowCount()));
        Writer writer = writer(table, rows, null);
        for (int row = 0; row < rows.rowCount(); row++) {
            writer.write(Operation.READ, row, -1, events);
            for (int column = 0; column < metadata.size(); column++) {
                events.column(METADATA + column).appendNull();
            }
            events.endRow(Operation.READ);
        }
        return events.build();
    }

    /** Adds what is known of a change besides its row. */
    void append(ChangeTransaction transaction, BatchBuilder events) {
        for (int column = 0; column < metadata.size(); column++) {
            LongColumnBuilder builder = (LongColumnBuilder) events.column(METADATA + column);
            builder.append(transaction.value(metadata.get(column)));
        }
    }

    /** Writes rows of one table as events. Not thread safe. */
    final class Writer {
        private final byte[] schemaName;
        private final byte[] tableName;
        private final @Nullable JsonObject key;
        private final JsonObject row;
        private final JsonObject known;
        private final @Nullable JsonObject before;
        private final JsonOutput out = new JsonOutput();

        private Writer(ChangedTable table, RecordBatch rows, @Nullable RecordBatch old) {
            this.schemaName = table.name().schema().getBytes(StandardCharsets.UTF_8);
            this.tableName = table.name().name().getBytes(StandardCharsets.UTF_8);
            this.key = table.key().isEmpty() ? null : keyOf(table, rows);
            this.row = new JsonObject(rows.schema().names(), rows.columns(), values);
            this.known = key == null || table.relation().knowsBefore() ? row : key;
            this.before = old == null ? null : new JsonObject(old.schema().names(), old.columns(), values);
        }

        private JsonObject keyOf(ChangedTable table, RecordBatch rows) {
            return new JsonObject(
                    table.key(), table.key().stream().map(rows::column).toList(), values);
        }

        /** Adds the columns of an event but for its metadata; {@code old} is the row before, -1 if it is not known. */
        void write(Operation operation, int index, int old, BatchBuilder events) {
            ((BytesColumnBuilder) events.column(SCHEMA)).append(schemaName, 0, schemaName.length);
            ((BytesColumnBuilder) events.column(TABLE)).append(tableName, 0, tableName.length);
            boolean isGone = operation == Operation.DELETE;
            put(key, index, events, KEY);
            put(isGone ? known : before, isGone ? index : old, events, BEFORE);
            put(isGone ? null : row, index, events, AFTER);
        }

        private void put(@Nullable JsonObject json, int index, BatchBuilder events, int column) {
            if (json == null || index < 0) {
                events.column(column).appendNull();
            } else {
                json.write(index, out);
                out.into((BytesColumnBuilder) events.column(column));
            }
        }
    }
}
