package dev.penstock.engine.embedded.store;

import static dev.penstock.engine.embedded.store.States.bytes;
import static dev.penstock.engine.embedded.store.States.changes;
import static dev.penstock.engine.embedded.store.States.keys;
import static dev.penstock.engine.embedded.store.States.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.operator.TimeDomain;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of version 1, which has a row for each key. */
final class OlderStateTest {
    private static final int KEYS = 25_000;
    private static final long PAST = 1_000;
    private static final List<String> VERSION_1 = List.of(
            "DROP TABLE keyed_block",
            """
            CREATE TABLE keyed (
                step INTEGER NOT NULL,
                key BLOB NOT NULL,
                value BLOB NOT NULL,
                expires INTEGER,
                event_due INTEGER,
                clock_due INTEGER,
                PRIMARY KEY (step, key)) WITHOUT ROWID""",
            "CREATE INDEX keyed_expiry ON keyed (expires) WHERE expires IS NOT NULL",
            "CREATE INDEX keyed_event ON keyed (step, event_due) WHERE event_due IS NOT NULL",
            "CREATE INDEX keyed_clock ON keyed (step, clock_due) WHERE clock_due IS NOT NULL",
            "PRAGMA user_version = 1");

    @TempDir
    private Path directory;

    private final Map<String, String> expected = new TreeMap<>();

    private SqliteRecoveryStore claimed() {
        SqliteRecoveryStore store = SqliteRecoveryStore.of(directory, "orders");
        store.claim(Owner.current("run"));
        return store;
    }

    @BeforeEach
    void make() throws SQLException {
        try (SqliteRecoveryStore store = claimed()) {
            store.seal(changes(1, put("step", "is known")));
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("orders.sqlite"))) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                for (String change : VERSION_1) {
                    statement.execute(change);
                }
            }
            fill(connection);
            connection.commit();
        }
    }

    /** Every tenth key has expired, every seventh has a timer. */
    private void fill(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO keyed VALUES (1, ?, ?, ?, ?, NULL)")) {
            for (int i = 0; i < KEYS; i++) {
                insert.setBytes(1, bytes("k" + i));
                insert.setBytes(2, bytes("v" + i));
                insert.setObject(3, i % 10 == 0 ? PAST : null);
                insert.setObject(4, i % 7 == 0 ? i : null);
                insert.addBatch();
                if (i % 10 != 0) {
                    expected.put("k" + i, "v" + i);
                }
            }
            insert.executeBatch();
        }
    }

    @Test
    void isBroughtToThisVersionWithAllThatIsAlive() {
        try (SqliteRecoveryStore store = claimed()) {
            assertThat(store.recover().epoch()).isEqualTo(1);
            assertThat(keys(store)).isEqualTo(expected);
            store.seal(changes(2, put("k1", "new")));
            expected.put("k1", "new");
            assertThat(keys(store)).isEqualTo(expected);
        }
        try (SqliteRecoveryStore store = claimed()) {
            assertThat(keys(store)).isEqualTo(expected);
        }
    }

    @Test
    void keepsItsTimers() {
        try (SqliteRecoveryStore store = claimed();
                KeyReader reader = store.keyReader("count").orElseThrow()) {
            List<Long> due = new ArrayList<>();
            reader.due(TimeDomain.EVENT, 20_000, 1_000, (key, value, time) -> due.add(time));
            assertThat(due).hasSize(642).first().isEqualTo(20_006L);
        }
    }

    @Test
    void canBeLookedAtWithoutBeingChanged() {
        for (int look = 0; look < 2; look++) {
            assertThat(PipelineState.open(directory, "orders").show().steps())
                    .singleElement()
                    .satisfies(step -> assertThat(step.keys()).isEqualTo(expected.size()));
        }
    }
}
