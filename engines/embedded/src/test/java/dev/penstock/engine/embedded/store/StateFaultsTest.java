package dev.penstock.engine.embedded.store;

import static dev.penstock.engine.embedded.store.States.changes;
import static dev.penstock.engine.embedded.store.States.keys;
import static dev.penstock.engine.embedded.store.States.position;
import static dev.penstock.engine.embedded.store.States.positions;
import static dev.penstock.engine.embedded.store.States.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.penstock.engine.embedded.ResumeRefusedException;
import dev.penstock.engine.embedded.ResumeRefusedException.Reason;
import dev.penstock.engine.embedded.store.SealedEpoch.Position;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** State files that cannot be used, or should not be. */
final class StateFaultsTest {
    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("orders.sqlite");
    }

    private SqliteRecoveryStore claimed(String pipeline) {
        SqliteRecoveryStore store = SqliteRecoveryStore.of(directory, pipeline);
        try {
            store.claim(Owner.current("run"));
            return store;
        } catch (RuntimeException e) {
            store.close();
            throw e;
        }
    }

    private void seal(String pipeline, long... epochs) {
        try (SqliteRecoveryStore store = claimed(pipeline)) {
            for (long epoch : epochs) {
                store.seal(positions(epoch, position("a", Long.toString(epoch))));
            }
        }
    }

    private ResumeRefusedException refused() {
        ResumeRefusedException refused = catchThrowableOfType(
                ResumeRefusedException.class, () -> claimed("orders").close());
        assertThat(refused).as("refusal").isNotNull();
        return refused;
    }

    @Test
    void refusesAFileThatIsOlderThanWhatWasSealed() throws IOException {
        seal("orders", 1, 2);
        byte[] backup = Files.readAllBytes(file);
        seal("orders", 3);
        Files.write(file, backup);
        ResumeRefusedException refused = refused();
        assertThat(refused.reason()).isEqualTo(Reason.OLDER_THAN_SEALED);
        assertThat(refused)
                .hasMessageContaining("it stands at epoch 2 and epoch 3 was sealed here, so it is a restored backup");
    }

    @Test
    void refusesAFileWithoutItsLog() throws IOException {
        try (StoreProcess killed = StoreProcess.start(directory, "orders", ThisHost.name())) {
            killed.await("claimed");
            killed.tell("seal 1");
            killed.await("sealed 1");
        }
        Files.delete(directory.resolve("orders.sqlite-wal"));
        assertThat(refused().reason()).isIn(Reason.OLDER_THAN_SEALED, Reason.MISSING);
    }

    @Test
    void refusesAnOlderFileUnderTheLogOfACrashedProcess() throws IOException {
        seal("orders", 1);
        byte[] backup = Files.readAllBytes(file);
        try (StoreProcess killed = StoreProcess.start(directory, "orders", ThisHost.name())) {
            killed.await("claimed");
            killed.tell("run 2");
            while (HostLock.peek(new StateFiles(directory, "orders"))
                            .orElseThrow()
                            .moved()
                    < 2) {
                killed.await("sealed");
            }
        }
        Files.write(file, backup);
        assertThat(directory.resolve("orders.sqlite-wal")).isNotEmptyFile();
        assertThatThrownBy(() -> PipelineState.open(directory, "orders").show())
                .isInstanceOf(ResumeRefusedException.class);
        assertThat(refused()).hasMessageContaining("had reached the file, so it is a restored backup");
    }

    @Test
    void resumesARestoredBackupOnceThePersonHasDeletedTheWitness() throws IOException {
        seal("orders", 1, 2);
        byte[] backup = Files.readAllBytes(file);
        seal("orders", 3);
        Files.write(file, backup);
        Files.delete(directory.resolve("orders.lock"));
        try (SqliteRecoveryStore store = claimed("orders")) {
            assertThat(store.recover().positions()).containsExactly(position("a", "2"));
        }
    }

    @Test
    void refusesALostFile() throws IOException {
        seal("orders", 1, 2);
        Files.delete(file);
        ResumeRefusedException refused = refused();
        assertThat(refused.reason()).isEqualTo(Reason.MISSING);
        assertThat(refused).hasMessageContaining("it is gone, and epoch 2 was sealed in it");
        assertThat(file).doesNotExist();
    }

    @Test
    void refusesAnEmptiedFile() throws IOException {
        seal("orders", 1);
        Files.write(file, new byte[0]);
        assertThat(refused().reason()).isEqualTo(Reason.MISSING);
    }

    @Test
    void refusesAnotherFileOfThisPipeline() throws IOException {
        seal("orders", 1);
        Path other = Files.createDirectory(directory.resolve("other"));
        try (SqliteRecoveryStore store = SqliteRecoveryStore.of(other, "orders")) {
            store.claim(Owner.current("run"));
            store.seal(positions(7, position("a", "7")));
        }
        Files.write(file, Files.readAllBytes(other.resolve("orders.sqlite")));
        assertThat(refused().reason()).isEqualTo(Reason.REPLACED);
    }

    @Test
    void refusesTheFileOfAnotherPipeline() throws IOException {
        seal("shipments", 1);
        Files.move(directory.resolve("shipments.sqlite"), file);
        ResumeRefusedException refused = refused();
        assertThat(refused.reason()).isEqualTo(Reason.OTHER_PIPELINE);
        assertThat(refused).hasMessageContaining("it holds the state of pipeline 'shipments'");
    }

    @Test
    void refusesTheDatabaseOfAnotherProgram() throws SQLException {
        change("CREATE TABLE mine (a)");
        ResumeRefusedException refused = refused();
        assertThat(refused.reason()).isEqualTo(Reason.OTHER_PIPELINE);
        assertThat(refused).hasMessageContaining("it is a database of another program");
    }

    @Test
    void refusesANewerVersion() throws SQLException {
        seal("orders", 1);
        change("PRAGMA user_version = 9");
        ResumeRefusedException refused = refused();
        assertThat(refused.reason()).isEqualTo(Reason.NEWER_VERSION);
        assertThat(refused)
                .hasMessage("Cannot open state file '" + file + "': it has version 9 and this release reads up to 2;"
                        + " use the release that wrote it, or a newer one");
    }

    private void change(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
            connection.createStatement().execute(sql);
        }
    }

    @Test
    void refusesADamagedFile() throws IOException {
        seal("orders", 1, 2);
        byte[] damaged = Files.readAllBytes(file);
        java.util.Arrays.fill(damaged, 100, damaged.length, (byte) 0x5A);
        Files.write(file, damaged);
        assertThat(refused().reason()).isEqualTo(Reason.DAMAGED);
    }

    @Test
    void refusesATruncatedFile() throws IOException {
        seal("orders", 1, 2);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(whole, whole.length / 2));
        assertThat(refused().reason()).isEqualTo(Reason.DAMAGED);
    }

    @Test
    void refusesToForgetStepsThatThePipelineDoesNotHave() {
        Recovered found = new Recovered(1, List.of(), List.of(), List.of(), Set.of("chunk", "embed-2", "in"));
        found.refuseOrphans("orders", List.of("in"), List.of("in", "chunk", "embed-2", "more"));
        assertThatThrownBy(() -> found.refuseOrphans("orders", List.of("in"), List.of("in", "chunks", "other")))
                .isInstanceOf(ResumeRefusedException.class)
                .hasMessage("Cannot resume pipeline 'orders': there is state of a step 'chunk' which the pipeline does"
                        + " not have; rename step 'chunks' back to it, or drop its state with 'penstock state reset"
                        + " --step chunk'; there is state of a step 'embed-2' which the pipeline does not have; put it"
                        + " back, or drop its state with 'penstock state reset --step embed-2'");
    }

    @Test
    void refusesToForgetASourceWhoseNameASinkTookOver() {
        Position read = new Position("files", Partition.of("a.txt", true), new ResumeState(1, new byte[0]), true);
        Recovered found = new Recovered(1, List.of(read), List.of(), List.of(), Set.of("files"));
        assertThatThrownBy(() -> found.refuseOrphans("copy", List.of("renamed"), List.of("renamed", "files")))
                .isInstanceOf(ResumeRefusedException.class)
                .hasMessage(
                        "Cannot resume pipeline 'copy': there is state of a step 'files' which the pipeline does not"
                                + " have as a source; put it back, or drop its state with 'penstock state reset --step files'");
    }

    @Test
    void losesNothingWhenTheDiskIsFullForAWhile() {
        try (SqliteRecoveryStore store = claimed("orders")) {
            store.seal(changes(1, put("a", "1")));
            store.limitPages(true);
            assertThatThrownBy(() -> store.seal(changes(2, put("a", "2"), put("b", "x".repeat(500_000)))))
                    .isInstanceOfSatisfying(
                            StateUnavailableException.class,
                            full -> assertThat(full.reason()).isEqualTo(StateUnavailableException.Reason.DISK_FULL))
                    .hasMessage("Cannot seal epoch 2 in state file '" + file + "': no space is left on the device;"
                            + " free some and run again, what was sealed before is safe");
            assertThat(keys(store)).isEqualTo(Map.of("a", "1"));
            store.limitPages(false);
            store.seal(changes(2, put("a", "2"), put("b", "3")));
            assertThat(keys(store)).isEqualTo(Map.of("a", "2", "b", "3"));
        }
    }

    @Test
    void keepsNamesThatAFileSystemWouldNotInsideTheDirectory() {
        try (SqliteRecoveryStore store = claimed("../../a b:c/ü")) {
            store.seal(positions(1, position("a", "1")));
        }
        assertThat(directory.resolve("%2e.%2f..%2fa%20b%3ac%2f%c3%bc.sqlite")).exists();
    }
}
