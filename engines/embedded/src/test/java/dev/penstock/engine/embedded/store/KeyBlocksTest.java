package dev.penstock.engine.embedded.store;

import static dev.penstock.engine.embedded.store.States.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.operator.TimeDomain;
import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import dev.penstock.engine.embedded.store.SealedEpoch.KeyTimes;
import dev.penstock.spi.EpochId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys in blocks, beside a map that has the same. */
final class KeyBlocksTest {
    private static final int KEYS = 3_000;
    private static final long PAST = 1_000;
    private static final long FUTURE = 4_000_000_000_000L;

    @TempDir
    private Path directory;

    private final Random random = new Random(11);
    private final TreeMap<String, Kept> expected = new TreeMap<>();
    private SqliteRecoveryStore store;
    private KeyReader reader;
    private long epoch;

    /** What the map has of a key. */
    private record Kept(String value, OptionalLong due) {}

    @BeforeEach
    void open() {
        store = SqliteRecoveryStore.of(directory, "orders");
        store.claim(Owner.current("run"));
        reader = store.keyReader("count").orElseThrow();
    }

    @AfterEach
    void close() {
        reader.close();
        store.close();
    }

    private void seal(List<KeyChange> changes) {
        store.seal(new SealedEpoch(new EpochId("run", ++epoch), List.of(), List.of(), List.of(), List.of(), changes));
    }

    /** Changes of keys at random, a part of which goes, expires at once, or has a timer. */
    private List<KeyChange> some(int count) {
        List<KeyChange> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            changes.add(some("k" + random.nextInt(KEYS)));
        }
        return changes;
    }

    private KeyChange some(String key) {
        int kind = random.nextInt(10);
        if (kind < 2) {
            expected.remove(key);
            return new KeyChange("count", bytes(key), Optional.empty());
        }
        String value = random.nextInt(500) == 0 ? "x".repeat(20_000) : "v" + random.nextInt();
        OptionalLong due = kind < 5 ? OptionalLong.of(random.nextInt(100)) : OptionalLong.empty();
        OptionalLong expires = kind == 3 ? OptionalLong.of(PAST) : OptionalLong.empty();
        if (kind == 3) {
            expected.remove(key);
        } else {
            expected.put(key, new Kept(value, due));
        }
        KeyTimes times = new KeyTimes(kind == 4 ? OptionalLong.of(FUTURE) : expires, due, OptionalLong.empty());
        return new KeyChange("count", bytes(key), Optional.of(bytes(value)), times);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void agree() {
        List<String> read = new ArrayList<>();
        store.keyedState("count", (key, value) -> read.add(text(key) + "=" + text(value)));
        assertThat(read).isEqualTo(entries());
        assertThat(pages()).isEqualTo(entries());
        assertThat(due(0)).isEqualTo(dues(0));
        assertThat(due(50)).isEqualTo(dues(50));
        for (int i = 0; i < 200; i++) {
            String key = "k" + random.nextInt(KEYS);
            byte[] found = reader.value(bytes(key));
            Kept kept = expected.get(key);
            assertThat(found == null ? null : text(found)).isEqualTo(kept == null ? null : kept.value());
        }
    }

    private List<String> entries() {
        return expected.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().value())
                .toList();
    }

    private List<String> pages() {
        List<String> all = new ArrayList<>();
        List<KeyReader.Entry> page = reader.page(new byte[0], 7);
        while (!page.isEmpty()) {
            page.forEach(entry -> all.add(text(entry.key()) + "=" + text(entry.value())));
            page = reader.page(page.get(page.size() - 1).key(), 7);
        }
        return all;
    }

    private List<Long> due(long from) {
        List<Long> times = new ArrayList<>();
        reader.due(TimeDomain.EVENT, from, 1_000_000, (key, value, due) -> {
            assertThat(expected.get(text(key))).isEqualTo(new Kept(text(value), OptionalLong.of(due)));
            times.add(due);
            return true;
        });
        return times;
    }

    private List<Long> dues(long from) {
        return expected.values().stream()
                .filter(kept -> kept.due().orElse(-1) >= from)
                .map(kept -> kept.due().getAsLong())
                .sorted()
                .toList();
    }

    @Test
    void haveWhatManyAndFewChangesLeave() {
        for (int count : new int[] {5_000, 3, 100, 1, 2_000, 10, 4_000}) {
            seal(some(count));
            agree();
        }
    }

    @Test
    void growFromOneKeyAtATime() {
        for (int i = 0; i < 300; i++) {
            seal(some(1));
        }
        agree();
    }

    @Test
    void areGoneWhenAllKeysAre() {
        seal(some(5_000));
        List<KeyChange> drops = new ArrayList<>();
        expected.keySet().forEach(key -> drops.add(new KeyChange("count", bytes(key), Optional.empty())));
        expected.clear();
        seal(drops);
        agree();
        assertThat(store.recover().steps()).isEmpty();
        seal(some(100));
        agree();
    }

    @Test
    void doNotMixTheKeysOfTwoSteps() {
        List<KeyChange> both = new ArrayList<>(some(3_000));
        for (int i = 0; i < 3_000; i++) {
            both.add(new KeyChange("other", bytes("k" + i), Optional.of(bytes("other"))));
        }
        seal(both);
        agree();
        List<String> others = new ArrayList<>();
        store.keyedState("other", (key, value) -> others.add(text(value)));
        assertThat(others).hasSize(3_000).containsOnly("other");
    }
}
