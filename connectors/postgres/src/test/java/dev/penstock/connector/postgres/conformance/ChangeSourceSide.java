package dev.penstock.connector.postgres.conformance;

import dev.penstock.conformance.MissingHook;
import dev.penstock.conformance.Reading;
import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.TypeMatrix;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A table with a slot that is there before the first row is. */
final class ChangeSourceSide implements SourceSide {
    private static final String COLUMNS =
            "key text PRIMARY KEY, run bigint NOT NULL, partition bigint NOT NULL, sequence bigint NOT NULL, text text,"
                    + " checksum bigint, odd numeric(10,2)";
    /** In the order of {@link TypeMatrix}. */
    static final Map<DataType, String> TYPES = Map.ofEntries(
            Map.entry(DataType.STRING, "text"),
            Map.entry(DataType.BOOLEAN, "boolean"),
            Map.entry(DataType.INT16, "smallint"),
            Map.entry(DataType.INT32, "integer"),
            Map.entry(DataType.INT64, "bigint"),
            Map.entry(DataType.FLOAT32, "real"),
            Map.entry(DataType.FLOAT64, "double precision"),
            Map.entry(DataType.decimal(38, 18), "numeric(38,18)"),
            Map.entry(DataType.decimal(10, 2), "numeric(10,2)"),
            Map.entry(DataType.BYTES, "bytea"),
            Map.entry(DataType.DATE, "date"),
            Map.entry(DataType.TIME, "time"),
            Map.entry(DataType.UUID, "uuid"),
            Map.entry(DataType.JSON, "json"),
            Map.entry(DataType.TIMESTAMP, "timestamptz"),
            Map.entry(new DataType.Timestamp(DataType.Precision.MICROS, false), "timestamp"),
            Map.entry(DataType.listOf(DataType.STRING), "text[]"));

    private final ChangeServer server;
    private final String place;
    private final List<String> ends = new ArrayList<>();
    private int poison;

    ChangeSourceSide(ChangeServer server, String place) {
        this.server = server;
        this.place = place;
    }

    String table() {
        return place + ".rows";
    }

    @Override
    public void create(int partitions) {
        if (partitions > 1) {
            throw new MissingHook("SourceSide.create of several partitions: a slot is one");
        }
        if (partitions == 1) {
            create(COLUMNS);
            server.run(
                    "CREATE PUBLICATION " + place + " FOR TABLE " + table(),
                    "ALTER PUBLICATION " + place + " OWNER TO " + KitAccess.USER.name(),
                    "SELECT pg_create_logical_replication_slot('" + place + "', 'pgoutput')");
        }
    }

    private void create(String columns) {
        server.run(
                "CREATE SCHEMA " + place + " AUTHORIZATION " + KitAccess.USER.name(),
                "CREATE TABLE " + table() + " (" + columns + ")",
                "ALTER TABLE " + table() + " OWNER TO " + KitAccess.USER.name());
    }

    @Override
    public Optional<Map<String, Object>> reading(Reading reading) {
        return switch (reading) {
            case BOUNDED -> Optional.of(Map.of());
            case UNBOUNDED, PRUNING -> Optional.of(Map.of("follow", true));
            case TABLE -> Optional.of(Map.of("follow", true, "snapshot", "initial", "snapshot-chunk-rows", 7));
            case LATEST, FROM_NOW -> Optional.empty();
        };
    }

    @Override
    public void append(int partition, List<NumberedRow> rows) {
        for (NumberedRow row : rows) {
            server.run(insert(row));
            ended(1);
        }
    }

    @Override
    public void appendTogether(int partition, List<NumberedRow> rows) {
        server.runTogether(rows.stream().map(this::insert).toList());
        ended(rows.size());
    }

    private void ended(int rows) {
        String end = server.ask("SELECT pg_current_wal_insert_lsn() - '0/0'")
                .iterator()
                .next();
        for (int row = 0; row < rows; row++) {
            ends.add(end);
        }
    }

    private String insert(NumberedRow row) {
        return "INSERT INTO " + table() + " VALUES ('" + row.key() + "', " + row.run() + ", " + row.partition() + ", "
                + row.sequence() + ", '" + row.text() + "', " + row.checksum() + ")";
    }

    @Override
    public void appendPoison(int partition) {
        server.run("INSERT INTO " + table() + " VALUES ('odd " + poison++ + "', 0, 0, 0, '', 0, 'NaN')");
        ended(1);
    }

    @Override
    public void update(NumberedRow row) {
        change("UPDATE " + table() + " SET run = " + row.run() + ", sequence = " + row.sequence() + ", text = '"
                + row.text() + "', checksum = " + row.checksum() + " WHERE key = '" + row.key() + "'");
    }

    private void change(String sql) {
        server.run(sql);
        server.awaitSent(
                place,
                server.ask("SELECT pg_current_wal_insert_lsn() - '0/0'")
                        .iterator()
                        .next());
    }

    @Override
    public void delete(NumberedRow row) {
        change("DELETE FROM " + table() + " WHERE key = '" + row.key() + "'");
    }

    @Override
    public void expire(int partition, long sequence) {
        String end = ends.get(Math.toIntExact(sequence - 1));
        server.awaitFree(place);
        server.run("SELECT pg_replication_slot_advance('" + place + "', '0/0'::pg_lsn + " + end + ")");
    }

    @Override
    public OptionalLong released(int partition) {
        String confirmed = server.ask("SELECT confirmed_flush_lsn - '0/0' FROM pg_replication_slots WHERE slot_name = '"
                        + place + "'")
                .iterator()
                .next();
        return OptionalLong.of(ends.stream()
                .filter(end -> Long.parseLong(end) <= Long.parseLong(confirmed))
                .count());
    }

    @Override
    public List<Row> appendTypes() {
        Schema schema = TypeMatrix.schema(TYPES::containsKey);
        create(schema.fields().stream().map(ChangeSourceSide::column).collect(Collectors.joining(", ")));
        server.run(
                "CREATE PUBLICATION " + place + " FOR TABLE " + table(),
                "ALTER PUBLICATION " + place + " OWNER TO " + KitAccess.USER.name(),
                "SELECT pg_create_logical_replication_slot('" + place + "', 'pgoutput')");
        List<Row> rows = TypeMatrix.rows(schema);
        for (Row row : rows) {
            String values = row.values().stream().map(ChangeSourceSide::literal).collect(Collectors.joining(", "));
            server.run("INSERT INTO " + table() + " VALUES (" + values + ")");
        }
        return rows;
    }

    private static String column(Field field) {
        String key = field.name().equals(TypeMatrix.KEY) ? " PRIMARY KEY" : "";
        return "\"" + field.name() + "\" " + TYPES.get(field.type()) + key;
    }

    static String literal(@Nullable Object value) {
        if (value == null) {
            return "NULL";
        }
        if (value instanceof Bytes bytes) {
            return "'\\x" + HexFormat.of().formatHex(bytes.toArray()) + "'";
        }
        if (value instanceof List<?> list) {
            return "ARRAY["
                    + list.stream().map(ChangeSourceSide::literal).collect(Collectors.joining(", "))
                    + "]::text[]";
        }
        return "'" + value.toString().replace("'", "''") + "'";
    }
}
