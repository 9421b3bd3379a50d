package dev.penstock.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Reads a transaction that is several times as large as the heap. System properties {@code penstock.postgres.rows} and
 * {@code penstock.postgres.heap} make it a million rows and 256 MiB.
 */
@Timeout(600)
@ExtendWith(ChangedServer.Shared.class)
final class LargeTransactionTest {
    private static final int ROWS = Integer.getInteger("penstock.postgres.rows", 100_000);
    private static final String HEAP = System.getProperty("penstock.postgres.heap", "48m");

    @ParameterizedTest
    @ValueSource(strings = {"columns", "events"})
    void readsATransactionThatIsLargerThanItsHeap(String rows, ChangedServer server) throws Exception {
        String table = ChangedServer.name();
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY, load text)");
        try (ChangeReading reading = ChangeReading.of(server, table, Map.of("snapshot", "never"))) {
            assertThat(reading.source().schema().names()).contains("load");
        }
        server.run("INSERT INTO " + table + " SELECT i, repeat(md5(i::text), 32) FROM generate_series(1, " + ROWS
                + ") AS i");
        Process reader = ChildJvm.start(
                ChangeCounter.class, HEAP, String.valueOf(server.local().port()), table, rows);
        try {
            assertThat(reader.inputReader().readLine()).isEqualTo(String.valueOf(ROWS));
            assertThat(reader.waitFor()).isZero();
        } finally {
            reader.destroyForcibly().waitFor();
        }
    }
}
