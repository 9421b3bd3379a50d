package dev.penstock.engine.embedded.store;

import static dev.penstock.engine.embedded.store.States.position;
import static dev.penstock.engine.embedded.store.States.positions;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.FencedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One process owns a state at a time. */
final class StateOwnershipTest {
    private static final String HOST = ThisHost.name();

    @TempDir
    private Path directory;

    private SqliteRecoveryStore store() {
        return SqliteRecoveryStore.of(directory, "orders", Duration.ofMillis(500));
    }

    private static Owner from(String host) {
        return new Owner(host, ProcessHandle.current().pid(), "run");
    }

    @Test
    void refusesASecondProcessNamingHostAndProcess() {
        try (StoreProcess first = StoreProcess.start(directory, "orders", HOST);
                SqliteRecoveryStore second = store()) {
            first.await("claimed 1");
            assertThatThrownBy(() -> second.claim(from(HOST)))
                    .isInstanceOf(StateInUseException.class)
                    .hasMessage("Cannot run pipeline 'orders': process " + first.pid() + " on host '" + HOST
                            + "' is running it; stop that process first, or give this pipeline another name or state"
                            + " directory");
        }
    }

    @Test
    void refusesASecondStoreInTheSameProcess() {
        try (SqliteRecoveryStore first = store();
                SqliteRecoveryStore second = store()) {
            first.claim(from(HOST));
            assertThatThrownBy(() -> second.claim(from(HOST))).isInstanceOf(StateInUseException.class);
            first.seal(positions(1, position("a", "1")));
        }
    }

    @Test
    void keepsTheLockOfTheHostWhenASecondStoreWasRefusedInTheSameProcess() {
        try (SqliteRecoveryStore first = store();
                SqliteRecoveryStore second = store()) {
            first.claim(from(HOST));
            assertThatThrownBy(() -> second.claim(from(HOST))).isInstanceOf(StateInUseException.class);
            PipelineState.open(directory, "orders").show();
            try (StoreProcess third = StoreProcess.start(directory, "orders", HOST)) {
                assertThat(third.await("failed"))
                        .contains("process " + ProcessHandle.current().pid());
            }
        }
    }

    @Test
    void runsPipelinesOfOneDirectorySideBySide() {
        try (SqliteRecoveryStore first = store();
                SqliteRecoveryStore second = SqliteRecoveryStore.of(directory, "shipments")) {
            first.claim(from(HOST));
            assertThat(second.claim(from(HOST))).isEqualTo(1);
        }
    }

    @Test
    void takesOverFromAKilledProcessOfThisHostAtOnce() {
        try (StoreProcess first = StoreProcess.start(directory, "orders", HOST)) {
            first.await("claimed 1");
            first.tell("seal 1");
            first.await("sealed 1");
        }
        try (SqliteRecoveryStore second = SqliteRecoveryStore.of(directory, "orders", Duration.ofDays(1))) {
            assertThat(second.claim(from(HOST))).isEqualTo(2);
            assertThat(second.recover().epoch()).isEqualTo(1);
        }
    }

    @Test
    void refusesAStoppedProcessOfThisHost() {
        try (StoreProcess first = StoreProcess.start(directory, "orders", HOST);
                SqliteRecoveryStore second = store()) {
            first.await("claimed 1");
            first.signal("STOP");
            assertThatThrownBy(() -> second.claim(from(HOST))).isInstanceOf(StateInUseException.class);
        }
    }

    @Test
    void refusesAnotherHostWhileTheLeaseIsRenewed() {
        try (StoreProcess first = StoreProcess.start(directory, "orders", "elsewhere");
                SqliteRecoveryStore second = SqliteRecoveryStore.of(directory, "orders", Duration.ofDays(1))) {
            first.await("claimed 1");
            first.tell("run 1");
            assertThatThrownBy(() -> second.claim(from(HOST)))
                    .isInstanceOf(StateInUseException.class)
                    .hasMessageContaining("process " + first.pid() + " on host 'elsewhere'");
        }
    }

    @Test
    void takesOverFromASilentHostAndFencesItWhenItGoesOn() {
        try (StoreProcess first = StoreProcess.start(directory, "orders", "elsewhere");
                SqliteRecoveryStore second = store()) {
            first.await("claimed 1");
            first.tell("seal 1");
            first.await("sealed 1");
            first.signal("STOP");
            assertThat(second.claim(from(HOST))).isEqualTo(2);
            second.seal(positions(2, position("a", "mine")));
            first.signal("CONT");
            first.tell("seal 3");
            assertThat(first.await("failed"))
                    .contains(FencedException.class.getName())
                    .contains("as generation 1: process "
                            + ProcessHandle.current().pid() + " on host '" + HOST + "' took it over as generation 2");
            second.seal(positions(3, position("a", "mine too")));
            assertThat(second.recover().positions()).contains(position("a", "mine too"));
        }
    }

    @Test
    void fencesEveryWriteAndChangesNothing() {
        try (StoreProcess first = StoreProcess.start(directory, "orders", "elsewhere");
                SqliteRecoveryStore second = store()) {
            first.await("claimed 1");
            second.claim(from(HOST));
            for (String command : List.of("seal 1", "remember a", "committed 1", "renew")) {
                first.tell(command);
                assertThat(first.await("failed")).contains(FencedException.class.getName());
            }
            first.tell("close");
            first.await("closed");
            second.renew();
            assertThat(second.recover().epoch()).isEqualTo(-1);
            assertThat(second.recall("a")).isEmpty();
        }
    }
}
