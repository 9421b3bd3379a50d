package dev.penstock.connector.postgres.conformance;

import dev.penstock.conformance.MissingHook;
import dev.penstock.conformance.Reading;
import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.TypeMatrix;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * A table whose rows have the number of the call that has put them there, which those of one transaction share, and a
 * number of their own.
 */
final class QuerySourceSide implements SourceSide {
    static final String CURSOR = "turn";
    static final String KEY = "number";
    private static final String COLUMNS = "key text, run bigint NOT NULL, partition bigint NOT NULL,"
            + " sequence bigint NOT NULL, text text, checksum bigint, odd numeric(10,2)";
    private static final String ORDER = "turn int NOT NULL, number bigserial NOT NULL, PRIMARY KEY (turn, number)";

    private final ChangeServer server;
    private final String place;
    private final List<String> pending = new ArrayList<>();
    private int turn;
    private int poison;

    QuerySourceSide(ChangeServer server, String place) {
        this.server = server;
        this.place = place;
    }

    String table() {
        return place + ".rows";
    }

    @Override
    public void create(int partitions) {
        if (partitions > 1) {
            throw new MissingHook("SourceSide.create of several partitions: ranges are cut by what there is to read");
        }
        if (partitions == 1) {
            create(COLUMNS);
        }
    }

    private void create(String columns) {
        server.run(
                "CREATE SCHEMA IF NOT EXISTS " + place,
                "GRANT USAGE ON SCHEMA " + place + " TO " + KitAccess.USER.name());
        createTable(columns);
    }

    private void createTable(String columns) {
        server.run(
                "CREATE TABLE " + table() + " (" + columns + ", " + ORDER + ")",
                "GRANT SELECT ON " + table() + " TO " + KitAccess.USER.name());
    }

    @Override
    public Optional<Map<String, Object>> reading(Reading reading) {
        return switch (reading) {
            case BOUNDED -> Optional.of(Map.of());
            case UNBOUNDED -> Optional.of(Map.of("follow", true));
            case TABLE, PRUNING, LATEST, FROM_NOW -> Optional.empty();
        };
    }

    @Override
    public void append(int partition, List<NumberedRow> rows) {
        for (NumberedRow row : rows) {
            turn++;
            pending.add(values(row));
        }
        insert();
    }

    @Override
    public void appendTogether(int partition, List<NumberedRow> rows) {
        turn++;
        rows.forEach(row -> pending.add(values(row)));
        insert();
    }

    private String values(NumberedRow row) {
        return "('" + row.key() + "', " + row.run() + ", " + row.partition() + ", " + row.sequence() + ", '"
                + row.text() + "', " + row.checksum() + ", " + turn + ")";
    }

    private void insert() {
        if (!pending.isEmpty()) {
            server.run("INSERT INTO " + table() + " (key, run, partition, sequence, text, checksum, turn) VALUES "
                    + String.join(", ", pending));
            pending.clear();
        }
    }

    @Override
    public void appendPoison(int partition) {
        turn++;
        server.run("INSERT INTO " + table() + " (key, run, partition, sequence, odd, turn) VALUES ('odd " + poison++
                + "', 0, 0, 0, 'NaN', " + turn + ")");
    }

    /** A table that was restored without its oldest rows is another one. */
    @Override
    public void expire(int partition, long sequence) {
        server.run("ALTER TABLE " + table() + " RENAME TO former");
        server.run("ALTER INDEX " + place + ".rows_pkey RENAME TO former_pkey");
        server.run("ALTER SEQUENCE " + place + ".rows_number_seq RENAME TO former_number_seq");
        createTable(COLUMNS);
        server.run(
                "INSERT INTO " + table() + " SELECT * FROM " + place + ".former WHERE sequence >= " + sequence,
                "DROP TABLE " + place + ".former");
    }

    @Override
    public OptionalLong released(int partition) {
        return OptionalLong.empty();
    }

    @Override
    public List<Row> appendTypes() {
        Schema schema = TypeMatrix.schema(ChangeSourceSide.TYPES::containsKey);
        create(schema.fields().stream().map(QuerySourceSide::column).collect(Collectors.joining(", ")));
        List<Row> rows = TypeMatrix.rows(schema);
        String names =
                schema.fields().stream().map(field -> '"' + field.name() + '"').collect(Collectors.joining(", "));
        for (Row row : rows) {
            turn++;
            String values = row.values().stream().map(ChangeSourceSide::literal).collect(Collectors.joining(", "));
            server.run("INSERT INTO " + table() + " (" + names + ", turn) VALUES (" + values + ", " + turn + ")");
        }
        return rows;
    }

    private static String column(Field field) {
        return "\"" + field.name() + "\" " + ChangeSourceSide.TYPES.get(field.type());
    }
}
