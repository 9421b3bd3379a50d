package dev.penstock.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.data.Row;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Going on with another choice of tables, and from states of releases before. */
@ExtendWith(ChangedServer.Shared.class)
final class ChangeResumeTest {
    private final ChangedServer server;
    private final String shop = ChangedServer.name();
    private final String orders = shop + ".orders";
    private final String customers = shop + ".customers";

    ChangeResumeTest(ChangedServer server) {
        this.server = server;
        server.run(
                "CREATE SCHEMA " + shop,
                "CREATE TABLE " + orders + " (id int PRIMARY KEY)",
                "CREATE TABLE " + customers + " (name text PRIMARY KEY)");
    }

    @Test
    void goesOnInATransactionWithFewerTables() {
        ResumeState state = behindRows(2, List.of(orders, customers));
        assertThat(keys(List.of(orders), state)).containsExactly("{\"id\":2}", "{\"id\":3}");
    }

    @Test
    void goesOnInATransactionWithMoreTables() {
        ResumeState state = behindRows(2, List.of(orders));
        assertThat(keys(List.of(orders, customers), state)).containsExactly("{\"name\":\"B\"}", "{\"id\":3}");
    }

    @Test
    void goesOnTwiceInATransactionWithFewerTables() {
        ResumeState state = behindRows(2, List.of(orders, customers));
        ResumeState behindOneMore = behindOneMore(List.of(orders), state);
        assertThat(keys(List.of(orders), behindOneMore)).containsExactly("{\"id\":3}");
        assertThat(keys(List.of(orders, customers), behindOneMore)).containsExactly("{\"name\":\"B\"}", "{\"id\":3}");
    }

    @Test
    void goesOnTwiceInATransactionWithMoreTables() {
        List<String> both = List.of(orders, customers);
        ResumeState behindOneMore = behindOneMore(both, behindRows(2, List.of(orders)));
        assertThat(keys(both, behindOneMore)).containsExactly("{\"id\":3}");
        assertThat(keys(both, behindOneMore(both, behindOneMore))).isEmpty();
        assertThat(keys(List.of(orders), behindOneMore)).containsExactly("{\"id\":3}");
    }

    @Test
    void passesOverBothRowsOfAKeyThatChangedInATableThatIsLeftOut() {
        try (ChangeReading reading = ChangeReading.of(server, shop, settings(List.of(orders, customers)))) {
            assertThat(reading.source().schema().names()).contains("after");
        }
        server.run("INSERT INTO " + customers + " VALUES ('A')");
        server.run(
                "BEGIN; UPDATE " + customers + " SET name = 'B'; INSERT INTO " + orders + " VALUES (1), (2); COMMIT");
        ResumeState state;
        try (ChangeReading reading = ChangeReading.of(server, shop, settings(List.of(orders, customers)))) {
            state = ChangeReading.read(reading.partition(Optional.empty()), 1, 4)
                    .state();
        }
        assertThat(keys(List.of(orders), state)).containsExactly("{\"id\":2}");
    }

    @Test
    void goesOnFromAStateOfTheFirstVersion() throws IOException {
        Map<String, Object> one = Map.of("tables", orders, "follow", false);
        server.run("INSERT INTO " + orders + " VALUES (1)");
        ResumeState first;
        try (ChangeReading reading = ChangeReading.of(server, shop, one)) {
            first = asFirstVersion(
                    ChangeReading.toEnd(reading.partition(Optional.empty())).state());
        }
        server.run("INSERT INTO " + orders + " VALUES (2)");
        try (ChangeReading reading = ChangeReading.of(server, shop, one)) {
            assertThat(ChangeReading.toEnd(reading.partition(Optional.of(first)))
                            .texts())
                    .containsExactly("INSERT{id=2}");
        }
    }

    /** The state behind so many rows of one transaction of five, read of {@code tables}. */
    private ResumeState behindRows(int rows, List<String> tables) {
        try (ChangeReading reading = ChangeReading.of(server, shop, settings(List.of(orders, customers)))) {
            assertThat(reading.source().schema().names()).contains("after");
        }
        server.run("BEGIN; INSERT INTO " + orders + " VALUES (1); INSERT INTO " + customers + " VALUES ('A');"
                + " INSERT INTO " + orders + " VALUES (2); INSERT INTO " + customers + " VALUES ('B'); INSERT INTO "
                + orders + " VALUES (3); COMMIT");
        try (ChangeReading reading = ChangeReading.of(server, shop, settings(tables))) {
            List<Poll.Rows> polls = ChangeReading.read(reading.partition(Optional.empty()), 1, rows)
                    .polls();
            return polls.get(rows - 1).after();
        }
    }

    private ResumeState behindOneMore(List<String> tables, ResumeState state) {
        try (ChangeReading reading = ChangeReading.of(server, shop, settings(tables))) {
            return ChangeReading.read(reading.partition(Optional.of(state)), 1, 1)
                    .state();
        }
    }

    private List<Object> keys(List<String> tables, ResumeState state) {
        try (ChangeReading reading = ChangeReading.of(server, shop, settings(tables))) {
            List<Row> rows =
                    ChangeReading.toEnd(reading.partition(Optional.of(state))).rows();
            return rows.stream()
                    .map(row -> (Object) row.get("key", String.class))
                    .toList();
        }
    }

    private static Map<String, Object> settings(List<String> tables) {
        return Map.of("tables", tables, "rows", "events", "snapshot", "never", "follow", false);
    }

    /** As version 1 wrote it: without the names of tables, and their number as a short. */
    private static ResumeState asFirstVersion(ResumeState state) throws IOException {
        ChangePosition position = ChangePosition.decode("test", state);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeLong(position.system());
            out.writeLong(position.lsn());
            out.writeLong(position.rows());
            out.writeLong(position.stop());
            out.writeShort(1);
            SnapshotProgress.Table table = position.snapshot().tables().get(0);
            out.writeInt(table.id());
            out.writeBoolean(table.done());
            out.writeByte(table.after().size());
            for (String value : table.after()) {
                byte[] text = value.getBytes(java.nio.charset.StandardCharsets.UTF_8);
                out.writeInt(text.length);
                out.write(text);
            }
        }
        return new ResumeState(1, bytes.toByteArray());
    }
}
