package dev.penstock.engine.embedded.keyed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.operator.Key;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.engine.embedded.store.Owner;
import dev.penstock.engine.embedded.store.SealedEpoch;
import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import dev.penstock.engine.embedded.store.SqliteRecoveryStore;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.StateVersionException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What of a stage's keys is written, and found again. */
final class KeyedSnapshotTest {
    private final ObedientStage obedient = new ObedientStage();
    private final KeyedStage<String> stage = obedient.stage;
    private final List<String> said = obedient.said;

    @Test
    void snapshotsOnlyWhatChangedSinceTheLast() {
        obedient.tell("a", "put 1", "b", "put 1");
        assertThat(stage.snapshot().changes()).hasSize(2);
        obedient.tell("a", "say");
        assertThat(stage.snapshot().changes()).isEmpty();
        obedient.tell("a", "put 2", "b", "drop");
        assertThat(stage.snapshot().changes())
                .hasSize(2)
                .filteredOn(change -> change.value().isEmpty())
                .hasSize(1);
        assertThat(stage.snapshot().size()).isZero();
    }

    @Test
    void writesAKeyThatIsDroppedAndPutAgainInOneEpoch() {
        obedient.tell("a", "put 1");
        stage.snapshot();
        obedient.tell("a", "drop");
        obedient.tell("a", "put 2");
        List<KeyChange> changes = stage.snapshot().changes();
        assertThat(changes.get(changes.size() - 1).value()).isPresent();
        obedient.tell("a", "say");
        assertThat(said).containsExactly("[a]=2");
        obedient.tell("a", "drop");
        assertThat(stage.snapshot().changes())
                .singleElement()
                .satisfies(change -> assertThat(change.value()).isEmpty());
    }

    @Test
    void writesNothingOfManyKeysThatCameAndWent() {
        obedient.tell("stored", "put 1");
        stage.snapshot();
        obedient.tell("stored", "drop", "new", "put 1");
        for (int i = 0; i < 20_000; i++) {
            obedient.tell("k" + i, "put 1", "k" + i, "drop");
        }
        obedient.tell("newer", "put 1");
        assertThat(stage.snapshot().changes())
                .extracting(
                        change -> Key.of(change.key()) + " " + change.value().isPresent())
                .containsExactly("[stored] false", "[new] true", "[newer] true");
    }

    @Test
    void writesThatATimerHasFired() {
        obedient.tell("a", "put 1", "a", "event 5", "b", "event 5");
        stage.snapshot();
        stage.watermark(5);
        List<KeyChange> changes = stage.snapshot().changes();
        assertThat(changes)
                .filteredOn(change -> change.value().isEmpty())
                .as("key b, which has nothing left")
                .hasSize(1);
        assertThat(changes)
                .filteredOn(change -> change.key().length > 0 && change.value().isPresent())
                .singleElement()
                .satisfies(change -> assertThat(read(change).timers()).isEmpty());
    }

    private static StoredValue<String> read(KeyChange change) {
        return StoredValue.read("obedient", change.value().orElseThrow(), StateCodec.ofString());
    }

    @Test
    void doesNotForgetTheWatermarkOverARestart(@TempDir Path directory) {
        stage.watermark(50);
        obedient.tell("a", "put 1");
        ObedientStage other = new ObedientStage();
        try (SqliteRecoveryStore store = SqliteRecoveryStore.of(directory, "stage")) {
            store.claim(Owner.current("run"));
            store.seal(new SealedEpoch(
                    new EpochId("run", 1),
                    List.of(),
                    List.of(),
                    List.of(),
                    List.of(),
                    stage.snapshot().changes()));
            KeyedStage.restore(store, List.of(other.stage));
            other.stage.watermark(40);
            other.tell("a", "clock 1");
            other.stage.advanceClock();
        }
        assertThat(other.said).containsExactly("[a]@1 state 1 watermark 50");
    }

    @Test
    void refusesStateOfANewerCodec() {
        byte[] value = new ValueWriter<>(new Obedient(Optional.empty())).write("key", "x", List.of(), 0);
        value[1] = 9;
        assertThatThrownBy(() -> StoredValue.read("obedient", value, StateCodec.ofString()))
                .isInstanceOf(StateVersionException.class)
                .hasMessageStartingWith("Cannot read the state of step 'obedient': it has version 9");
        byte[] cut = Arrays.copyOf(value, 3);
        assertThatThrownBy(() -> StoredValue.read("obedient", cut, StateCodec.ofString()))
                .isInstanceOf(StateVersionException.class);
    }

    @Test
    void keepsASnapshotAsItWasWhileStateGoesOn() {
        obedient.tell("a", "put 1");
        KeyedSnapshot<String> snapshot = stage.snapshot();
        obedient.tell("a", "put 2", "a", "event 7");
        StoredValue<String> stored =
                StoredValue.read("obedient", snapshot.changes().get(0).value().orElseThrow(), StateCodec.ofString());
        assertThat(stored.state()).contains("1");
        assertThat(stored.timers()).isEmpty();
    }

    @Test
    void dropsKeysWhoseTimeToLiveIsOver() {
        ObedientStage mortal = new ObedientStage(Optional.of(Duration.ofMillis(100)));
        mortal.tell("a", "put 1", "a", "event 9", "b", "put 1");
        mortal.millis.addAndGet(60);
        mortal.tell("b", "put 2");
        assertThat(mortal.stage.snapshot().changes())
                .extracting(change -> change.times().expiresMillis().orElseThrow())
                .containsExactlyInAnyOrder(1_100L, 1_160L);
        mortal.millis.addAndGet(60);
        mortal.stage.advanceClock();
        assertThat(mortal.stage.meters().keys()).isEqualTo(1);
        mortal.stage.watermark(10);
        assertThat(mortal.said).isEmpty();
        assertThat(mortal.stage.nextClockMillis()).isEqualTo(1_160);
        assertThat(mortal.stage.snapshot().changes())
                .filteredOn(change -> change.key().length > 0)
                .singleElement()
                .satisfies(change -> assertThat(change.value()).isEmpty());
    }
}
