package dev.penstock.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.local.LocalPostgres.Release;
import dev.penstock.spi.DataException;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkCommitter.Outcome;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.data.ColumnBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of rows that are written to real servers of both releases. */
@ExtendWith(Server.Shared.class)
class SinkTest {
    private static final Schema ORDERS = Schema.of(
            Field.required("id", DataType.INT64),
            Field.of("name", DataType.STRING),
            Field.of("price", DataType.decimal(10, 2)));
    /** Stands for a value that is kept. */
    private static final Object KEPT = new Object();

    private final Server.Servers servers;

    SinkTest(Server.Servers servers) {
        this.servers = servers;
    }

    private Writing writing(Release release, String schema, WriteMode mode, String... statements) {
        Server server = servers.of(release);
        server.run(
                "DROP SCHEMA IF EXISTS " + schema + " CASCADE", "DROP SCHEMA IF EXISTS " + schema + "_waiting CASCADE");
        server.run("CREATE SCHEMA " + schema);
        server.run(statements);
        return Writing.of(servers, release, schema + ".orders", mode);
    }

    private static @Nullable Object[] row(Operation operation, @Nullable Object... values) {
        @Nullable Object[] all = new Object[values.length + 1];
        all[0] = operation;
        System.arraycopy(values, 0, all, 1, values.length);
        return all;
    }

    private static RecordBatch batch(Schema schema, @Nullable Object[]... rows) {
        byte[] operations = new byte[rows.length];
        for (int row = 0; row < rows.length; row++) {
            operations[row] = ((Operation) rows[row][0]).code();
        }
        List<ColumnBuilder> columns = schema.fields().stream()
                .map(field -> ColumnBuilder.of(field.type(), rows.length))
                .toList();
        for (@Nullable Object[] row : rows) {
            for (int i = 0; i < columns.size(); i++) {
                if (row[i + 1] == KEPT) {
                    columns.get(i).appendUnchanged();
                } else {
                    columns.get(i).appendValue(row[i + 1]);
                }
            }
        }
        return RecordBatch.of(
                        schema,
                        rows.length,
                        columns.stream().map(ColumnBuilder::build).toList())
                .withOperations(operations);
    }

    private static @Nullable Object[] insert(@Nullable Object... values) {
        return row(Operation.INSERT, values);
    }

    private static @Nullable Object[] update(@Nullable Object... values) {
        return row(Operation.UPDATE, values);
    }

    private static @Nullable Object[] delete(@Nullable Object... values) {
        return row(Operation.DELETE, values);
    }

    private static BigDecimal price(String text) {
        return new BigDecimal(text);
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void theTableIsMadeAndGetsColumnsAsRowsDo(Release release) {
        try (Writing writing = writing(release, "grows", WriteMode.append()).start(ORDERS)) {
            writing.epoch(batch(ORDERS, insert(1L, "one", price("1.50")), insert(2L, null, null)));
            Schema wider = ORDERS.with(Field.of("tags", DataType.listOf(DataType.STRING)));
            assertThat(writing.sink().plan(wider, WriteMode.append()))
                    .isEqualTo(new SinkPlan.Evolve(List.of("add column tags: text[]")));
            writing.sink().provision();
            writing.begin();
            writing.write(batch(ORDERS, insert(3L, "three", null)));
            writing.write(batch(wider, insert(4L, "four", null, List.of("a", "b"))));
            writing.commit(writing.prepare());

            assertThat(writing.rows("id, name, price, tags"))
                    .containsExactly("(1,one,1.50,)", "(2,,,)", "(3,three,,)", "(4,four,,\"{a,b}\")");
        }
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void rowsThatBreakConstraintsAreRejectedAloneAndByTheirWrite(Release release) {
        String[] tables = {
            "CREATE TABLE picky.customers (name text PRIMARY KEY)",
            "INSERT INTO picky.customers VALUES ('ann'), ('bob')",
            "CREATE DOMAIN picky.price AS numeric(6,2) CHECK (VALUE < 1000)",
            "CREATE TABLE picky.orders (id bigint PRIMARY KEY, name varchar(5) NOT NULL REFERENCES picky.customers,"
                    + " price picky.price CHECK (price > 0))",
            "INSERT INTO picky.orders VALUES (7, 'ann', 7)"
        };
        try (Writing writing =
                writing(release, "picky", WriteMode.append(), tables).start(ORDERS)) {
            List<String> rejected = writing.epoch(batch(
                    ORDERS,
                    insert(1L, "ann", price("1.00")),
                    insert(2L, "ann", price("-1.00")),
                    insert(3L, null, price("3.00")),
                    insert(4L, "annabel", price("4.00")),
                    insert(5L, "ann", price("5000.00")),
                    insert(6L, "eve", price("6.00")),
                    insert(7L, "bob", price("7.00")),
                    insert(1L, "bob", price("1.00")),
                    update(8L, "bob", price("8.00")),
                    insert(9L, "bob", null)));

            assertThat(rejected)
                    .hasSize(8)
                    .anyMatch(reason -> reason.startsWith("1: ")
                            && !reason.contains("rows_")
                            && reason.contains("orders_price_check"))
                    .anyMatch(reason -> reason.equals("2: column 'name' has no value, and must have one"))
                    .anyMatch(reason -> reason.equals("3: column 'name': value too long for type character varying(5)"))
                    .anyMatch(reason -> reason.startsWith("4: ") && reason.contains("price_check"))
                    .anyMatch(reason -> reason.equals(
                            "5: 'orders_name_fkey' is broken: table 'picky.customers' has no" + " row with that name"))
                    .anyMatch(reason -> reason.equals("6: table 'picky.orders' has a row with the same id"))
                    .anyMatch(reason -> reason.startsWith("7: ") && reason.contains("unique"))
                    .anyMatch(reason -> reason.startsWith("8: an UPDATE cannot be appended"));
            assertThat(writing.rows("id, name, price")).containsExactly("(1,ann,1.00)", "(7,ann,7.00)", "(9,bob,)");
        }
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void theLastRowOfEachKeyWinsAndDeletesDelete(Release release) {
        try (Writing writing =
                writing(release, "last", WriteMode.upsert(List.of("id"))).start(ORDERS)) {
            writing.epoch(batch(ORDERS, insert(1L, "one", null), insert(2L, "two", null), insert(3L, "three", null)));
            writing.epoch(
                    batch(ORDERS, update(1L, "uno", null), delete(2L, null, null), delete(3L, null, null)),
                    batch(ORDERS, insert(3L, "tre", null), update(1L, "eins", price("1.00")), delete(9L, null, null)));

            assertThat(writing.rows("id, name, price")).containsExactly("(1,eins,1.00)", "(3,tre,)");
        }
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void whatIsKeptStaysHoweverRowsComeTogether(Release release) {
        try (Writing writing =
                writing(release, "kept", WriteMode.upsert(List.of("id"))).start(ORDERS)) {
            writing.epoch(batch(
                    ORDERS,
                    insert(1L, "one", price("1.00")),
                    insert(2L, "two", price("2.00")),
                    insert(3L, "three", price("3.00")),
                    insert(4L, "four", price("4.00"))));
            writing.epoch(batch(
                    ORDERS,
                    update(1L, KEPT, price("1.10")),
                    update(1L, "uno", KEPT),
                    update(2L, KEPT, price("2.20")),
                    update(2L, "due", price("2.30")),
                    update(2L, KEPT, price("2.40")),
                    update(3L, KEPT, price("3.30")),
                    delete(3L, null, null),
                    update(4L, KEPT, null),
                    insert(5L, "five", price("5.00")),
                    update(5L, KEPT, price("5.50")),
                    insert(6L, "six", null)));

            assertThat(writing.rows("id, name, price"))
                    .containsExactly("(1,uno,1.10)", "(2,due,2.40)", "(4,four,)", "(5,five,5.50)", "(6,six,)");
        }
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void aRowThatKeepsWhatIsNotThereStopsTheCommitAndLosesNothing(Release release) {
        try (Writing writing =
                writing(release, "gone", WriteMode.upsert(List.of("id"))).start(ORDERS)) {
            writing.begin();
            writing.write(batch(ORDERS, insert(1L, "one", null), update(2L, KEPT, price("2.00"))));
            List<Prepared> handles = writing.prepare();

            assertThatThrownBy(() -> writing.commit(handles))
                    .isInstanceOf(DataException.class)
                    .hasMessageContaining("Cannot update 1 of 1 rows of table 'gone.orders'");
            assertThat(writing.rows("id")).isEmpty();
            servers.of(release).run("INSERT INTO gone.orders VALUES (2, 'two', 0)");
            assertThat(writing.commit(handles)).containsValue(Outcome.COMMITTED);
            assertThat(writing.rows("id, name, price")).containsExactly("(1,one,)", "(2,two,2.00)");
        }
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void deletesByAnotherColumnTakeWhatCameBeforeThem(Release release) {
        WriteMode byName = new WriteMode(WriteMode.Kind.UPSERT, List.of("id"), List.of("name"));
        try (Writing writing = writing(release, "chunks", byName).start(ORDERS)) {
            writing.epoch(batch(ORDERS, insert(1L, "a", null), insert(2L, "a", null), insert(3L, "b", null)));
            writing.epoch(batch(
                    ORDERS,
                    insert(4L, "a", null),
                    delete(null, "a", null),
                    insert(5L, "a", price("5.00")),
                    insert(2L, "a", price("2.00"))));

            assertThat(writing.rows("id, name, price")).containsExactly("(2,a,2.00)", "(3,b,)", "(5,a,5.00)");
        }
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void aServerThatDiesBetweenPrepareAndCommitLosesNothing(Release release) {
        try (Writing writing = writing(release, "power", WriteMode.append()).start(ORDERS)) {
            writing.begin();
            writing.write(batch(ORDERS, insert(1L, "one", null)));
            List<Prepared> handles = writing.prepare();
            servers.of(release).local().kill();
            servers.of(release).local().restart();

            assertThat(Retrying.until(() -> writing.commit(handles))).containsValue(Outcome.COMMITTED);
            assertThat(writing.rows("id")).containsExactly("(1)");
        }
    }

    @ParameterizedTest
    @EnumSource(Release.class)
    void columnsOfEveryKindAreWritten(Release release) {
        Schema kinds = Schema.of(
                Field.required("id", DataType.INT32),
                Field.of("ip", DataType.STRING),
                Field.of("ips", DataType.listOf(DataType.STRING)),
                Field.of("mood", DataType.STRING),
                Field.of("doc", DataType.STRING),
                Field.of("n", DataType.INT64));
        String[] tables = {
            "CREATE TYPE kinds.mood AS ENUM ('sad', 'happy')",
            "CREATE TABLE kinds.orders (id bigint, ip inet, ips inet[], mood kinds.mood, doc jsonb, n numeric,"
                    + " made timestamptz DEFAULT now(), twice bigint GENERATED ALWAYS AS (id * 2) STORED)"
        };
        try (Writing writing =
                writing(release, "kinds", WriteMode.append(), tables).start(kinds)) {
            List<String> rejected = writing.epoch(batch(
                    kinds,
                    insert(1, "10.0.0.1", List.of("::1"), "sad", "{\"a\": 1}", 5L),
                    insert(2, "no address", null, "sad", "{}", 5L),
                    insert(3, null, null, "angry", "{}", 5L),
                    insert(4, null, null, null, "{", 5L),
                    insert(5, null, null, null, "null", null)));

            assertThat(rejected).hasSize(3).anyMatch(reason -> reason.contains("no address"));
            assertThat(writing.rows("id, ip, ips, mood, doc, n, made IS NULL, twice"))
                    .containsExactly("(1,10.0.0.1,{::1},sad,\"{\"\"a\"\": 1}\",5,f,2)", "(5,,,,null,,f,10)");
        }
    }
}
