package dev.penstock.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.connector.postgres.ChangeReading.Read;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.SourcePartition;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(ChangedServer.Shared.class)
final class KeylessTablesTest {
    private static final Map<String, Object> ALL = Map.of("follow", false, "snapshot-without-key", "repeat");

    private final ChangedServer server;
    private final String table = ChangedServer.name();

    KeylessTablesTest(ChangedServer server) {
        this.server = server;
        server.run("CREATE TABLE " + table + " (n int, note text)", "ALTER TABLE " + table + " REPLICA IDENTITY FULL");
    }

    @Test
    void refusesToReadThemUnlessItIsTold() {
        try (ChangeReading reading = ChangeReading.of(server, table, Map.of())) {
            assertThat(catchThrowable(() -> reading.partition(Optional.empty())))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("set snapshot: never, or snapshot-without-key: repeat");
        }
    }

    @Test
    void readsRowsThatLookAlikeAndThenWhatBecomesOfThem() {
        server.run("INSERT INTO " + table + " SELECT 1, repeat('x', 1000) FROM generate_series(1, 6000)");
        Read read = toEnd(Optional.empty());
        assertThat(read.rows()).hasSize(6000);
        server.run("UPDATE " + table + " SET note = NULL", "DELETE FROM " + table);
        try (ChangeReading reading = ChangeReading.of(server, table, ALL)) {
            List<String> texts = ChangeReading.toEnd(reading.partition(Optional.of(read.state())))
                    .texts();
            assertThat(texts).hasSize(12_000).endsWith("DELETE{n=1, note=null}");
        }
    }

    /**
     * What is under way when the rows are read is in the stream, whose place is before, and what was done by then too.
     */
    @Test
    void givesEachRowOnceWhetherItWasReadOrCame() throws SQLException {
        server.run("INSERT INTO " + table + " VALUES (0, 'before')");
        ChangeReading.of(server, table, ALL).close();
        try (Connection connection = server.connect();
                Statement underWay = connection.createStatement();
                ChangeReading reading = ChangeReading.of(server, table, following())) {
            connection.setAutoCommit(false);
            underWay.execute("INSERT INTO " + table + " VALUES (1, 'under way')");
            SourcePartition partition = reading.partition(Optional.empty());
            server.run("INSERT INTO " + table + " VALUES (2, 'after the start')");
            Read first = ChangeReading.rows(partition, 2);
            assertThat(first.texts()).contains("READ{n=0, note=before}");
            connection.commit();
            Read last = ChangeReading.rows(partition, 1);
            assertThat(last.texts()).containsExactly("INSERT{n=1, note=under way}");
            server.run("INSERT INTO " + table + " VALUES (3, 'last')");
            assertThat(ChangeReading.rows(partition, 1).texts()).containsExactly("INSERT{n=3, note=last}");
        }
    }

    @Test
    void doesNotGiveAgainWhatWasReadWhenItGoesOn() {
        server.run("INSERT INTO " + table + " VALUES (0, 'before')");
        try (ChangeReading reading = ChangeReading.of(server, table, following())) {
            SourcePartition partition = reading.partition(Optional.empty());
            server.run("INSERT INTO " + table + " VALUES (1, 'seen when it was read')");
            Read read = ChangeReading.rows(partition, 2);
            partition.close();
            server.run("INSERT INTO " + table + " VALUES (2, 'new')");
            try (SourcePartition next = reading.partition(Optional.of(read.state()))) {
                assertThat(ChangeReading.rows(next, 1).texts()).containsExactly("INSERT{n=2, note=new}");
            }
        }
    }

    private static Map<String, Object> following() {
        Map<String, Object> settings = new HashMap<>(ALL);
        settings.put("follow", true);
        return settings;
    }

    private Read toEnd(Optional<dev.penstock.spi.ResumeState> from) {
        try (ChangeReading reading = ChangeReading.of(server, table, ALL)) {
            return ChangeReading.toEnd(reading.partition(from));
        }
    }
}
