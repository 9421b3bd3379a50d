package dev.penstock.engine.embedded.store;

import static dev.penstock.engine.embedded.store.States.bytes;
import static dev.penstock.engine.embedded.store.States.changes;
import static dev.penstock.engine.embedded.store.States.drop;
import static dev.penstock.engine.embedded.store.States.handle;
import static dev.penstock.engine.embedded.store.States.handles;
import static dev.penstock.engine.embedded.store.States.keys;
import static dev.penstock.engine.embedded.store.States.position;
import static dev.penstock.engine.embedded.store.States.positions;
import static dev.penstock.engine.embedded.store.States.put;
import static dev.penstock.engine.embedded.store.States.snapshot;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import dev.penstock.engine.embedded.store.SealedEpoch.KeyTimes;
import dev.penstock.engine.embedded.store.SealedEpoch.PartitionKey;
import dev.penstock.spi.EpochId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the store keeps and gives back. */
final class SqliteRecoveryStoreTest {
    @TempDir
    private Path directory;

    private SqliteRecoveryStore store;

    @BeforeEach
    void open() {
        store = SqliteRecoveryStore.of(directory, "orders");
        store.claim(Owner.current("run"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Recovered reopened() {
        store.close();
        open();
        return store.recover();
    }

    @Test
    void isEmptyOnFirstStart() {
        Recovered found = store.recover();
        assertThat(found).isEqualTo(new Recovered(-1, List.of(), List.of(), List.of(), java.util.Set.of()));
        assertThat(keys(store)).isEmpty();
    }

    @Test
    void givesBackTheNewestPositionOfEachPartition() {
        store.seal(positions(1, position("a", "1"), position("b", "1")));
        store.seal(positions(2, position("a", "2")));
        assertThat(reopened().positions()).containsExactly(position("a", "2"), position("b", "1"));
        assertThat(store.recover().epoch()).isEqualTo(2);
        assertThat(store.recover().steps()).containsExactly("in");
    }

    @Test
    void forgetsRemovedPartitions() {
        store.seal(positions(1, position("a", "1"), position("b", "1")));
        store.seal(new SealedEpoch(
                new EpochId("run", 2),
                List.of(),
                List.of(new PartitionKey("in", "a")),
                List.of(),
                List.of(),
                List.of()));
        assertThat(reopened().positions()).containsExactly(position("b", "1"));
    }

    @Test
    void keepsHandlesUntilTheyAreCommitted() {
        store.seal(handles(1, handle(1, 0), handle(1, 1)));
        store.seal(handles(2, handle(2, 0)));
        assertThat(reopened().pending()).containsExactly(handle(1, 0), handle(1, 1), handle(2, 0));
        store.markCommitted("out", List.of(new EpochId("run", 1)));
        assertThat(reopened().pending()).containsExactly(handle(2, 0));
    }

    @Test
    void replacesAllSnapshotsOfASink() {
        store.seal(new SealedEpoch(
                new EpochId("run", 1),
                List.of(),
                List.of(),
                List.of(),
                List.of(snapshot(0, "a"), snapshot(1, "b")),
                List.of()));
        store.seal(new SealedEpoch(
                new EpochId("run", 2), List.of(), List.of(), List.of(), List.of(snapshot(0, "c")), List.of()));
        assertThat(reopened().snapshots()).containsExactly(snapshot(0, "c"));
    }

    @Test
    void keepsOneValueOfEachLiveKey() {
        store.seal(changes(1, put("a", "1"), put("b", "1"), put("c", "1")));
        store.seal(changes(2, put("a", "2"), drop("b")));
        reopened();
        assertThat(keys(store)).isEqualTo(Map.of("a", "2", "c", "1"));
    }

    @Test
    void countsTheLastChangeOfAKeyInAnEpoch() {
        store.seal(changes(1, put("a", "1"), drop("a"), put("b", "1"), put("b", "2"), drop("c"), put("c", "3")));
        assertThat(keys(store)).isEqualTo(Map.of("b", "2", "c", "3"));
    }

    @Test
    void forgetsStepsWhoseLastKeyIsDropped() {
        store.seal(changes(1, put("a", "1")));
        assertThat(store.recover().steps()).containsExactly("count");
        store.seal(changes(2, drop("a")));
        assertThat(reopened().steps()).isEmpty();
    }

    @Test
    void doesNotGiveBackExpiredKeys() {
        long now = System.currentTimeMillis();
        KeyChange expired = new KeyChange("count", bytes("old"), Optional.of(bytes("1")), expiring(now - 1));
        KeyChange live = new KeyChange("count", bytes("new"), Optional.of(bytes("1")), expiring(now + 600_000));
        store.seal(changes(1, expired, live));
        assertThat(keys(store)).isEqualTo(Map.of("new", "1"));
    }

    @Test
    void refusesAnEpochThatIsNotNewer() {
        store.seal(positions(5, position("a", "5")));
        assertThatThrownBy(() -> store.seal(positions(5, position("a", "6"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot seal epoch 5: epoch 5 is durable");
        assertThat(reopened().positions()).containsExactly(position("a", "5"));
    }

    @Test
    void remembersFacts() {
        store.remember("columns", "a,b");
        store.remember("columns", "a,b,c");
        reopened();
        assertThat(store.recall("columns")).contains("a,b,c");
        assertThat(store.recall("unknown")).isEmpty();
    }

    @Test
    void givesEachClaimAGreaterGeneration() {
        store.close();
        store = SqliteRecoveryStore.of(directory, "orders");
        assertThat(store.claim(Owner.current("run"))).isEqualTo(2);
        store.renew();
    }

    @Test
    void refusesUseBeforeClaimAndAfterClose() {
        SqliteRecoveryStore unclaimed = SqliteRecoveryStore.of(directory, "other");
        unclaimed.close();
        assertThatThrownBy(unclaimed::renew).isInstanceOf(IllegalStateException.class);
        store.close();
        store.close();
        assertThatThrownBy(store::recover)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Cannot use the state of 'orders': it is not claimed, or closed");
    }

    private static KeyTimes expiring(long millis) {
        return new KeyTimes(OptionalLong.of(millis), OptionalLong.empty(), OptionalLong.empty());
    }
}
