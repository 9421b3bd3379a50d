package dev.penstock.examples.debezium;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Events that a real Debezium made of a real PostgreSQL, read from a real Kafka by pipelines. */
@Timeout(240)
class DebeziumEventsTest {
    private static final Predicate<RecordBatch> LAST =
            rows -> rows.toRows().stream().anyMatch(row -> row.get("id", Number.class).longValue() == -1);

    private static ChangedDatabase database;

    @TempDir
    private Path directory;

    @BeforeAll
    static void start() throws Exception {
        database = ChangedDatabase.start();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    private Running pipeline() {
        return new Running(directory, database.bootstrapServers());
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "typed"})
    void changesAddUpToTheTable(String prefix) throws Exception {
        RecordBatch rows = pipeline().until(LAST, """
                topics: %s.public.orders
                format: debezium
                columns: { id: int64!, customer: string, amount: 'decimal(10,2)', placed: timestamp, paid: boolean }
                """.formatted(prefix));

        Map<Object, List<@Nullable Object>> table = new TreeMap<>();
        for (Row row : rows.toRows()) {
            if (row.operation() == Operation.DELETE) {
                assertThat(table.remove(row.get("id"))).isNotNull();
            } else {
                table.put(row.get("id", Long.class), row.values());
            }
        }
        assertThat(table).hasSizeGreaterThan(250).isEqualTo(orders());
    }

    private static Map<Object, List<@Nullable Object>> orders() throws SQLException {
        Map<Object, List<@Nullable Object>> table = new TreeMap<>();
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT id, customer, amount, placed, paid FROM orders")) {
            while (rows.next()) {
                OffsetDateTime placed = rows.getObject("placed", OffsetDateTime.class);
                table.put(
                        rows.getLong("id"),
                        Arrays.asList(
                                rows.getLong("id"),
                                rows.getString("customer"),
                                rows.getBigDecimal("amount"),
                                placed == null ? null : placed.toInstant(),
                                rows.getObject("paid")));
            }
        }
        return table;
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "typed", "other"})
    void everyTypeComesThrough(String prefix) throws Exception {
        RecordBatch rows = pipeline()
                .until(
                        LAST,
                        "topics: %s.public.kinds\nformat: %s\n%s"
                                .formatted(
                                        prefix,
                                        prefix.equals("other") ? "{ type: debezium, binaries: hex }" : "debezium",
                                        prefix.equals("plain") ? Kinds.DECLARED : ""));

        assertThat(rows.toRows().get(0).values()).isEqualTo(new ArrayList<>(Kinds.full(prefix)));
        System.out.println(rows.schema());
        rows.toRows().forEach(System.out::println);
    }
}
