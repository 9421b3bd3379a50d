package dev.penstock.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.connector.postgres.ChangeReading.Read;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.RecordBatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ChangedServer.Shared.class)
final class ChangeSourceTest {
    private static final Map<String, Object> CHANGES = Map.of("snapshot", "never", "follow", false);
    private static final Map<String, Object> ALL = Map.of("follow", false);

    private final ChangedServer server;
    private final String table = ChangedServer.name();

    ChangeSourceTest(ChangedServer server) {
        this.server = server;
    }

    @Test
    void givesChangesInTheOrderOfTheirCommits() {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY, name text, price numeric(10,2))");
        provision();
        server.run(
                "INSERT INTO " + table + " VALUES (1, 'one', 1.50), (2, NULL, 2)",
                "UPDATE " + table + " SET name = 'two' WHERE id = 2",
                "DELETE FROM " + table + " WHERE id = 1");
        assertThat(toEnd(CHANGES).texts())
                .containsExactly(
                        "INSERT{id=1, name=one, price=1.50}",
                        "INSERT{id=2, name=null, price=2.00}",
                        "UPDATE{id=2, name=two, price=2.00}",
                        "DELETE{id=1, name=null, price=null}");
    }

    @Test
    void makesAChangeOfTheKeyADeleteAndAnInsert() {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY, name text)");
        provision();
        server.run("INSERT INTO " + table + " VALUES (1, 'one')", "UPDATE " + table + " SET id = 2");
        assertThat(toEnd(CHANGES).texts())
                .containsExactly("INSERT{id=1, name=one}", "DELETE{id=1, name=null}", "INSERT{id=2, name=one}");
    }

    @Test
    void saysOfALargeValueThatItIsUnchanged() {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY, body text, seen int)");
        server.run("ALTER TABLE " + table + " ALTER body SET STORAGE EXTERNAL");
        provision();
        server.run("INSERT INTO " + table + " VALUES (1, repeat('x', 10000), 0)", "UPDATE " + table + " SET seen = 1");
        Read read = toEnd(CHANGES);
        RecordBatch last = read.polls().get(read.polls().size() - 1).rows();
        assertThat(last.column("body").isUnchanged(last.rowCount() - 1)).isTrue();
        assertThat(last.column("body").isUnchanged(last.rowCount() - 2)).isFalse();
    }

    @Test
    void givesTheRowBeforeWhereItIsKnown() {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY, body text, seen int)");
        server.run(
                "ALTER TABLE " + table + " ALTER body SET STORAGE EXTERNAL",
                "ALTER TABLE " + table + " REPLICA IDENTITY FULL");
        provision();
        server.run("INSERT INTO " + table + " VALUES (1, repeat('x', 10000), 0)", "UPDATE " + table + " SET seen = 1");
        Read read = toEnd(CHANGES);
        assertThat(read.before().get(0).map(row -> row.get("id"))).isEmpty();
        assertThat(read.before().get(1).orElseThrow().get("seen")).isEqualTo(0);
        assertThat(read.rows().get(1).get("body", String.class)).hasSize(10000);
    }

    @Test
    void goesOnInTheMiddleOfATransaction() {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY)");
        provision();
        server.run(
                "INSERT INTO " + table + " VALUES (0)",
                "INSERT INTO " + table + " SELECT generate_series(1, 50)",
                "INSERT INTO " + table + " VALUES (51)");
        Read all;
        try (ChangeReading reading = ChangeReading.of(server, table, CHANGES)) {
            all = ChangeReading.read(reading.partition(Optional.empty()), 7, 52);
        }
        int given = 0;
        for (Poll.Rows poll : all.polls()) {
            given += poll.rows().rowCount();
            try (ChangeReading reading = ChangeReading.of(server, table, CHANGES)) {
                assertThat(ChangeReading.toEnd(reading.partition(Optional.of(poll.after())))
                                .texts())
                        .isEqualTo(all.texts().subList(given, 52));
            }
        }
    }

    @Test
    void readsTheRowsThatAreThereAndThenWhatChanges() {
        server.run(
                "CREATE TABLE " + table + " (id int PRIMARY KEY, name text)",
                "INSERT INTO " + table + " SELECT i, 'row ' || i FROM generate_series(1, 5000) i");
        provision();
        server.run("UPDATE " + table + " SET name = 'changed' WHERE id = 7");
        Read read = toEnd(Map.of("follow", false, "snapshot-chunk-rows", 100));
        assertThat(read.rows()).hasSize(5000);
        assertThat(read.texts()).contains("READ{id=1, name=row 1}", "READ{id=7, name=changed}");
        server.run("DELETE FROM " + table + " WHERE id = 1");
        try (ChangeReading reading = ChangeReading.of(server, table, ALL)) {
            assertThat(ChangeReading.toEnd(reading.partition(Optional.of(read.state())))
                            .texts())
                    .containsExactly("DELETE{id=1, name=null}");
        }
    }

    @Test
    void readsKeysOfSeveralColumnsAndOfOtherTypes() {
        server.run(
                "CREATE TABLE " + table + " (day date, place inet, n numeric, note text, PRIMARY KEY (day, place, n))",
                "INSERT INTO " + table
                        + " SELECT date '2026-01-01' + i / 10, '10.0.0.1', i / 3.0, 'x' FROM generate_series(1, 3000) i");
        provision();
        assertThat(toEnd(Map.of("follow", false, "snapshot-chunk-rows", 100)).rows())
                .hasSize(3000);
    }

    @Test
    void releasesWhatIsDurableAndNothingElse() throws InterruptedException {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY)");
        provision();
        String start = confirmed();
        try (ChangeReading reading = ChangeReading.of(server, table, Map.of("snapshot", "never"))) {
            SourcePartition partition = reading.partition(Optional.empty());
            server.run("INSERT INTO " + table + " VALUES (1)");
            ResumeState state = ChangeReading.rows(partition, 1).state();
            assertThat(confirmed()).isEqualTo(start);
            partition.stateDurable(state);
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (confirmed().equals(start) && System.nanoTime() < deadline) {
                partition.poll(1, 1000, Duration.ofMillis(10));
            }
            assertThat(confirmed()).isEqualTo(reading.source().describe(state).get("lsn"));
        }
    }

    @Test
    void movesTheSlotWhileOnlyOtherTablesChange() {
        String other = ChangedServer.name();
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY)", "CREATE TABLE " + other + " (id int)");
        provision();
        String start = confirmed();
        try (ChangeReading reading = ChangeReading.of(server, table, Map.of("snapshot", "never"))) {
            SourcePartition partition = reading.partition(Optional.empty());
            server.run("INSERT INTO " + other + " SELECT generate_series(1, 10000)");
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (confirmed().equals(start) && System.nanoTime() < deadline) {
                Poll poll = partition.poll(1, 1000, Duration.ofMillis(10));
                partition.stateDurable(((Poll.Idle) poll).position());
            }
            assertThat(confirmed()).isNotEqualTo(start);
        }
    }

    @Test
    void refusesToGoOnWhereTheSlotWasDroppedOrHasMovedOn() {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY)");
        provision();
        server.run("INSERT INTO " + table + " VALUES (1)");
        ResumeState state = toEnd(CHANGES).state();
        server.run(
                "INSERT INTO " + table + " VALUES (2)",
                "SELECT pg_replication_slot_advance('" + table + "', pg_current_wal_lsn())");
        assertThat(resumed(state, true)).isInstanceOf(ResumeLostException.class).hasMessageContaining("begins at LSN");
        server.run("SELECT pg_drop_replication_slot('" + table + "')");
        assertThat(resumed(state, false))
                .isInstanceOf(ResumeLostException.class)
                .hasMessageContaining("is gone");
        assertThat(resumed(state, true)).isInstanceOf(ResumeLostException.class).hasMessageContaining("begins at LSN");
    }

    @Test
    void refusesToPublishATableWhoseUpdatesWouldFail() {
        server.run("CREATE TABLE " + table + " (id int)");
        try (ChangeReading reading = ChangeReading.opened(server, table, CHANGES)) {
            assertThat(catchThrowable(() -> reading.source().provision()))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("has nothing to tell rows apart by");
        }
    }

    @Test
    void followsColumnsThatAreAddedAndDropped() {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY, name text)");
        provision();
        server.run(
                "INSERT INTO " + table + " VALUES (1, 'one')",
                "ALTER TABLE " + table + " ADD price int",
                "INSERT INTO " + table + " VALUES (2, 'two', 2)",
                "ALTER TABLE " + table + " DROP name",
                "INSERT INTO " + table + " VALUES (3, 3)");
        assertThat(toEnd(CHANGES).texts())
                .containsExactly("INSERT{id=1, name=one}", "INSERT{id=2, name=two, price=2}", "INSERT{id=3, price=3}");
    }

    @Test
    void reportsATruncationAndGoesOn() {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY)");
        provision();
        server.run("INSERT INTO " + table + " VALUES (1)", "TRUNCATE " + table, "INSERT INTO " + table + " VALUES (2)");
        Read read = toEnd(CHANGES);
        List<String> causes = new ArrayList<>();
        read.polls().forEach(poll -> poll.bad().forEach(bad -> causes.add(bad.cause())));
        assertThat(causes).containsExactly("table 'public." + table + "' was truncated, which is no row");
        assertThat(read.rows()).hasSize(2);
    }

    private void provision() {
        try (ChangeReading reading = ChangeReading.of(server, table, Map.of())) {
            assertThat(reading.source().schema().names()).isNotEmpty();
        }
    }

    private Read toEnd(Map<String, Object> settings) {
        try (ChangeReading reading = ChangeReading.of(server, table, settings)) {
            return ChangeReading.toEnd(reading.partition(Optional.empty()));
        }
    }

    private Throwable resumed(ResumeState state, boolean provisioned) {
        try (ChangeReading reading =
                provisioned ? ChangeReading.of(server, table, CHANGES) : ChangeReading.opened(server, table, CHANGES)) {
            return catchThrowable(() -> reading.partition(Optional.of(state)));
        }
    }

    private String confirmed() {
        return server.ask("SELECT confirmed_flush_lsn FROM pg_replication_slots WHERE slot_name = '" + table + "'");
    }
}
