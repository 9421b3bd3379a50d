package dev.penstock.engine.embedded.store;

import static dev.penstock.engine.embedded.store.States.changes;
import static dev.penstock.engine.embedded.store.States.handle;
import static dev.penstock.engine.embedded.store.States.handles;
import static dev.penstock.engine.embedded.store.States.position;
import static dev.penstock.engine.embedded.store.States.positions;
import static dev.penstock.engine.embedded.store.States.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.engine.embedded.ResumeRefusedException;
import dev.penstock.engine.embedded.store.StateSummary.StepState;
import dev.penstock.spi.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking at a state, and dropping it. */
final class PipelineStateTest {
    @TempDir
    private Path directory;

    private PipelineState state;

    @BeforeEach
    void open() {
        state = PipelineState.open(directory, "orders");
    }

    private SqliteRecoveryStore claimed() {
        SqliteRecoveryStore store = SqliteRecoveryStore.of(directory, "orders");
        store.claim(Owner.current("run"));
        return store;
    }

    private void sealThree() {
        try (SqliteRecoveryStore store = claimed()) {
            store.seal(positions(1, position("a", "1")));
            store.seal(handles(2, handle(2, 0)));
            store.seal(changes(3, put("k", "v"), put("l", "v")));
        }
    }

    @Test
    void tellsThatThereIsNone() throws IOException {
        assertThat(state.exists()).isFalse();
        assertThat(state.show().epoch()).isEqualTo(-1);
        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void showsWhatEachStepHas() {
        sealThree();
        StateSummary summary = state.show();
        assertThat(summary.epoch()).isEqualTo(3);
        assertThat(summary.sealed()).isPresent();
        assertThat(summary.owner()).isEmpty();
        assertThat(summary.bytes()).isPositive();
        assertThat(summary.pending()).containsExactly(handle(2, 0));
        assertThat(summary.steps())
                .containsExactly(
                        new StepState("count", List.of(), 2, 0),
                        new StepState("in", List.of(position("a", "1")), 0, 0),
                        new StepState("out", List.of(), 0, 1));
    }

    @Test
    void showsARunningPipelineAndItsOwner() {
        try (SqliteRecoveryStore store = claimed()) {
            store.seal(positions(1, position("a", "1")));
            assertThat(state.show().owner()).contains(Owner.current("run"));
            assertThat(state.show().epoch()).isEqualTo(1);
        }
    }

    @Test
    void refusesToResetWhileAProcessOwnsIt() {
        try (SqliteRecoveryStore store = claimed()) {
            store.seal(positions(1, position("a", "1")));
            assertThatThrownBy(() -> state.reset(Optional.empty())).isInstanceOf(StateInUseException.class);
        }
        try (StoreProcess other = StoreProcess.start(directory, "orders", ThisHost.name())) {
            other.await("claimed");
            assertThatThrownBy(() -> state.reset(Optional.of("in")))
                    .isInstanceOf(StateInUseException.class)
                    .hasMessageContaining("process " + other.pid());
        }
        assertThat(state.show().epoch()).isEqualTo(1);
    }

    @Test
    void dropsAStepAlone() {
        sealThree();
        state.reset(Optional.of("count"));
        assertThat(state.show().steps()).extracting(StepState::id).containsExactly("in", "out");
        try (SqliteRecoveryStore store = claimed()) {
            assertThat(store.recover().epoch()).isEqualTo(3);
        }
    }

    @Test
    void namesTheNearestStepOfOneThatHasNoState() {
        sealThree();
        assertThatThrownBy(() -> state.reset(Optional.of("cuont")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no state of a step 'cuont'")
                .hasMessageContaining("did you mean 'count'?");
    }

    @Test
    void dropsEverythingAndKeepsTheGeneration() {
        sealThree();
        state.reset(Optional.empty());
        assertThat(state.show().steps()).isEmpty();
        try (SqliteRecoveryStore store = SqliteRecoveryStore.of(directory, "orders")) {
            assertThat(store.claim(Owner.current("run"))).isEqualTo(3);
            assertThat(store.recover().epoch()).isEqualTo(-1);
            store.seal(positions(1, position("a", "1")));
        }
    }

    @Test
    void dropsADamagedFileToo() throws IOException {
        sealThree();
        Files.writeString(directory.resolve("orders.sqlite"), "this is no database".repeat(500));
        assertThatThrownBy(this::claimed)
                .isInstanceOf(ResumeRefusedException.class)
                .hasMessageContaining("penstock state reset");
        state.reset(Optional.empty());
        try (SqliteRecoveryStore store = claimed()) {
            assertThat(store.recover().epoch()).isEqualTo(-1);
        }
    }
}
