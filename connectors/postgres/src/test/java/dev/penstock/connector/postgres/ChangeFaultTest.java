package dev.penstock.connector.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.connector.postgres.ChangeReading.Read;
import dev.penstock.local.LocalPostgres.Release;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.SourcePartition;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What befalls servers, on the oldest release that is supported. */
@Timeout(300)
final class ChangeFaultTest {
    private static final Map<String, Object> FOLLOWING = Map.of("snapshot", "never");
    /** A million, as {@code -Dpenstock.postgres.rows=1000000} has it, takes a while. */
    private static final int ROWS = Integer.getInteger("penstock.postgres.rows", 200_000);

    private static ChangedServer server;

    private final String table = ChangedServer.name();

    @BeforeAll
    static void start() {
        server = new ChangedServer(Release.POSTGRES_14);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void goesOnWhenTheServerWasRestarted() {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY)");
        ResumeState state;
        try (ChangeReading reading = ChangeReading.of(server, table, FOLLOWING)) {
            SourcePartition partition = reading.partition(Optional.empty());
            server.run("INSERT INTO " + table + " VALUES (1)");
            state = ChangeReading.rows(partition, 1).state();
            server.local().restart();
            assertThat(catchThrowable(() -> ChangeReading.rows(partition, 1))).isInstanceOf(RetryableException.class);
            server.run("INSERT INTO " + table + " VALUES (2)");
            assertThat(ChangeReading.rows(reading.partition(Optional.of(state)), 1)
                            .texts())
                    .containsExactly("INSERT{id=2}");
        }
    }

    @Test
    void goesOnAmongTheRowsThatWereThereWhenTheServerWasRestarted() {
        server.run(
                "CREATE TABLE " + table + " (id int PRIMARY KEY)",
                "INSERT INTO " + table + " SELECT generate_series(1, 2000)");
        try (ChangeReading reading = ChangeReading.of(server, table, Map.of("snapshot-chunk-rows", 50))) {
            SourcePartition partition = reading.partition(Optional.empty());
            Read first = ChangeReading.rows(partition, 120);
            server.local().restart();
            assertThat(catchThrowable(() -> ChangeReading.rows(partition, 1880)))
                    .isInstanceOf(RetryableException.class);
            Read rest = ChangeReading.rows(reading.partition(Optional.of(first.state())), 1880);
            assertThat(rest.texts())
                    .startsWith("READ{id=121}")
                    .endsWith("READ{id=2000}")
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void saysThatItsSlotWasDroppedUnderIt() {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY)");
        try (ChangeReading reading = ChangeReading.of(server, table, FOLLOWING)) {
            SourcePartition partition = reading.partition(Optional.empty());
            server.run("INSERT INTO " + table + " VALUES (1)");
            ResumeState state = ChangeReading.rows(partition, 1).state();
            dropSlot();
            assertThat(catchThrowable(() -> ChangeReading.rows(partition, 1))).isInstanceOf(RetryableException.class);
            assertThat(catchThrowable(() -> reading.partition(Optional.of(state))))
                    .isInstanceOf(ResumeLostException.class)
                    .hasMessageContaining("slot '" + table + "' is gone");
        }
    }

    private void dropSlot() {
        String slot = " FROM pg_replication_slots WHERE slot_name = '" + table + "'";
        server.run("SELECT pg_terminate_backend(active_pid)" + slot);
        while (server.ask("SELECT active" + slot).equals("t")) {
            Thread.onSpinWait();
        }
        server.run("SELECT pg_drop_replication_slot(slot_name)" + slot);
    }

    @Test
    void readsATransactionThatIsLargerThanWhatItReadsAhead() {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY, load text)");
        try (ChangeReading reading =
                ChangeReading.of(server, table, Map.of("snapshot", "never", "follow", false, "prefetch", "64KiB"))) {
            server.run("INSERT INTO " + table + " SELECT i, repeat('x', 100) FROM generate_series(1, " + ROWS + ") i");
            SourcePartition partition = reading.partition(Optional.empty());
            long rows = 0;
            Poll poll = partition.poll(4096, 1 << 20, Duration.ofSeconds(1));
            while (!(poll instanceof Poll.End)) {
                rows += poll instanceof Poll.Rows found ? found.rows().rowCount() : 0;
                poll = partition.poll(4096, 1 << 20, Duration.ofSeconds(1));
            }
            assertThat(rows).isEqualTo(ROWS);
        }
    }

    @Test
    void refusesToGoOnWithATableThatWasMadeAnew() {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY)");
        ResumeState state;
        try (ChangeReading reading = ChangeReading.of(server, table, Map.of("follow", false))) {
            state = ChangeReading.toEnd(reading.partition(Optional.empty())).state();
        }
        server.run("DROP TABLE " + table, "CREATE TABLE " + table + " (id int PRIMARY KEY)");
        try (ChangeReading reading = ChangeReading.of(server, table, Map.of("follow", false))) {
            assertThat(catchThrowable(() -> reading.partition(Optional.of(state))))
                    .isInstanceOf(ResumeLostException.class)
                    .hasMessageContaining("was dropped and made anew");
        }
    }

    @Test
    void readsWhatIsThereAndWhatChangesWithTypesThatHaveNoBinaryForm() {
        server.run(
                "CREATE TABLE " + table + " (id int PRIMARY KEY, flag boolean, note tsvector)",
                "INSERT INTO " + table + " VALUES (1, true, 'a'), (2, false, NULL)");
        try (ChangeReading reading = ChangeReading.of(server, table, Map.of("follow", false))) {
            Read read = ChangeReading.toEnd(reading.partition(Optional.empty()));
            assertThat(read.texts())
                    .containsExactly("READ{id=1, flag=true, note='a'}", "READ{id=2, flag=false, note=null}");
            server.run("UPDATE " + table + " SET flag = false WHERE id = 1");
            assertThat(next(read.state())).isEqualTo("[UPDATE{id=1, flag=false, note='a'}]");
        }
    }

    @Test
    void goesOnWithAColumnThatHasNoBinaryForm() {
        server.run("CREATE TABLE " + table + " (id int PRIMARY KEY)");
        try (ChangeReading reading = ChangeReading.of(server, table, FOLLOWING)) {
            SourcePartition partition = reading.partition(Optional.empty());
            server.run("INSERT INTO " + table + " VALUES (1)");
            ResumeState state = ChangeReading.rows(partition, 1).state();
            server.run("ALTER TABLE " + table + " ADD note tsvector", "INSERT INTO " + table + " VALUES (2, 'b')");
            assertThat(catchThrowable(() -> ChangeReading.rows(partition, 1))).isInstanceOf(RetryableException.class);
            assertThat(ChangeReading.rows(reading.partition(Optional.of(state)), 1)
                            .texts())
                    .containsExactly("INSERT{id=2, note='b'}");
        }
    }

    private String next(ResumeState state) {
        try (ChangeReading reading = ChangeReading.of(server, table, FOLLOWING)) {
            return ChangeReading.rows(reading.partition(Optional.of(state)), 1)
                    .texts()
                    .toString();
        }
    }
}
