package dev.penstock.dataflow.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.dataflow.format.EventEncoder.Source;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import dev.penstock.spi.format.EncodedRecords;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Writes events of any number of tables in the form of Debezium: rows that say what table they are of, and have the row
 * before and after as JSON, which is passed on as it is but for line breaks. The same rows give the same bytes.
 *
 * <p>Keeps buffers from batch to batch; not thread safe.
 */
public final class TableEventEncoder {
    /** The columns that rows must have. */
    public static final Map<String, DataType> WANTED = Map.of(
            "schema", DataType.STRING,
            "table", DataType.STRING,
            "before", DataType.JSON,
            "after", DataType.JSON);

    /** The columns that rows may have besides; those of the PostgreSQL source say where in the log a change is. */
    public static final List<String> TAKEN =
            List.of("key", "postgres_transaction", "postgres_lsn", "postgres_commit_time");

    private static final int FIRST_BYTES = 1 << 16;

    private final String source;
    private final String database;
    private final int schema;
    private final int table;
    private final int before;
    private final int after;
    private final OptionalInt transaction;
    private final OptionalInt position;
    private final ByteOutput out = new ByteOutput(FIRST_BYTES);

    /** An encoder of rows of {@code rows}; of {@code origin} the name and database count. */
    public TableEventEncoder(Schema rows, Source origin) {
        this.source = ",\"source\":{\"version\":\"1\",\"connector\":\"penstock\",\"name\":"
                + JsonStrings.quoted(origin.name()) + ",\"ts_ms\":";
        this.database = "\",\"db\":" + JsonStrings.quoted(origin.database()) + ",\"schema\":";
        this.schema = rows.find("schema").orElseThrow();
        this.table = rows.find("table").orElseThrow();
        this.before = rows.find("before").orElseThrow();
        this.after = rows.find("after").orElseThrow();
        this.transaction = rows.find("postgres_transaction");
        this.position = rows.find("postgres_lsn");
    }

    /** What is wrong with columns of rows, each as text; nothing if there is an encoder of them. */
    public static List<String> problems(Schema rows) {
        List<String> problems = new ArrayList<>();
        WANTED.forEach((name, type) -> {
            Optional<DataType> found =
                    rows.find(name).isPresent() ? Optional.of(rows.field(name).type()) : Optional.empty();
            if (!found.equals(Optional.of(type))) {
                problems.add("column '" + name + "' must be there and be "
                        + type.text()
                        + found.map(other -> ", and is " + other.text()).orElse(""));
            }
        });
        rows.names().stream()
                .filter(name -> !WANTED.containsKey(name) && !TAKEN.contains(name))
                .forEach(name -> problems.add("column '" + name + "' has no place in an event"));
        return problems;
    }

    /** Writes {@code rows}. */
    public EncodedRecords encode(RecordBatch rows) {
        return RecordEncoder.write(rows.rowCount(), new Events(rows, this)::write, out);
    }

    /** The events of one batch. */
    private static final class Events {
        private final RecordBatch rows;
        private final TableEventEncoder encoder;
        private final BytesColumn schemas;
        private final BytesColumn tables;
        private final BytesColumn before;
        private final BytesColumn after;
        private final @Nullable Column transactions;
        private final @Nullable Column positions;
        private final JsonScanner scanner = new JsonScanner();

        Events(RecordBatch rows, TableEventEncoder encoder) {
            this.rows = rows;
            this.encoder = encoder;
            this.schemas = (BytesColumn) rows.column(encoder.schema);
            this.tables = (BytesColumn) rows.column(encoder.table);
            this.before = (BytesColumn) rows.column(encoder.before);
            this.after = (BytesColumn) rows.column(encoder.after);
            this.transactions = encoder.transaction.isPresent() ? rows.column(encoder.transaction.getAsInt()) : null;
            this.positions = encoder.position.isPresent() ? rows.column(encoder.position.getAsInt()) : null;
        }

        void write(int row, ByteOutput target) {
            Operation operation = rows.operation(row);
            long micros = rows.eventTime(row);
            put("{\"before\":", target);
            json(before, row, target);
            put(",\"after\":", target);
            json(after, row, target);
            put(encoder.source, target);
            EventEncoder.time(micros, 1_000, target);
            put(",\"ts_us\":", target);
            EventEncoder.time(micros, 1, target);
            put(",\"snapshot\":\"", target);
            put(operation == Operation.READ ? "true" : "false", target);
            put(encoder.database, target);
            put(JsonStrings.quoted(schemas.string(row)), target);
            put(",\"table\":", target);
            put(JsonStrings.quoted(tables.string(row)), target);
            number(",\"txId\":", transactions, row, target);
            number(",\"lsn\":", positions, row, target);
            put("},\"op\":\"", target);
            target.put(EventEncoder.code(operation));
            put("\",\"ts_ms\":", target);
            EventEncoder.time(micros, 1_000, target);
            target.put('}');
        }

        private static void put(String text, ByteOutput target) {
            target.put(text.getBytes(UTF_8));
        }

        private void json(BytesColumn column, int row, ByteOutput target) {
            if (column.isNull(row)) {
                target.put(JsonStrings.NULL);
            } else {
                JsonStrings.putRaw(column.data(), column.start(row), column.start(row + 1), scanner, target);
            }
        }

        private static void number(String name, @Nullable Column column, int row, ByteOutput target) {
            if (column instanceof LongColumn numbers) {
                put(name, target);
                if (numbers.isNull(row)) {
                    target.put(JsonStrings.NULL);
                } else {
                    target.putLong(numbers.get(row));
                }
            }
        }
    }
}
