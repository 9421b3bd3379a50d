package dev.penstock.engine.embedded.store;

import static dev.penstock.engine.embedded.store.States.drop;
import static dev.penstock.engine.embedded.store.States.put;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** State that is kept as the changes that made it. */
final class ChangeLogTest {
    private static final String STEP = "count";

    private final Random random = new Random(11);
    private final ChangeLog log = new ChangeLog();
    private final Map<String, String> expected = new TreeMap<>();

    private Map<String, String> found() {
        Map<String, String> found = new TreeMap<>();
        log.forEach(
                STEP,
                (key, value) -> assertThat(found.put(text(key), text(value)))
                        .as("a key is handed over once")
                        .isNull());
        return found;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private KeyChange some() {
        String key = "k" + random.nextInt(2_000);
        if (random.nextInt(4) == 0) {
            expected.remove(key);
            return drop(key);
        }
        String value = "v".repeat(random.nextInt(300)) + random.nextInt();
        expected.put(key, value);
        return put(key, value);
    }

    @Test
    void givesTheLastChangeOfEachKeyAlsoAfterItWasWrittenAnew() {
        for (int epoch = 0; epoch < 50; epoch++) {
            List<KeyChange> changes = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                changes.add(some());
            }
            log.add(changes);
            assertThat(found()).isEqualTo(expected);
        }
    }

    @Test
    void keepsStepsApart() {
        log.add(List.of(
                put("a", "1"),
                new KeyChange("other", new byte[] {'a'}, put("a", "2").value())));
        assertThat(found()).isEqualTo(Map.of("a", "1"));
        assertThat(log.steps()).containsExactlyInAnyOrder(STEP, "other");
    }

    @Test
    void doesNotCountWhatWasOverwrittenOrDropped() {
        String value = "v".repeat(1_000);
        for (int epoch = 0; epoch < 100; epoch++) {
            log.add(List.of(put("a", value), put("b" + epoch, value), drop("b" + epoch)));
        }
        assertThat(log.isMoreThan(1_100)).isFalse();
        assertThat(log.isMoreThan(900)).isTrue();
        assertThat(found()).isEqualTo(Map.of("a", value));
    }

    @Test
    void givesChangesAsTheyWereMade() {
        List<KeyChange> changes = List.of(put("a", "1"), drop("b"), put("a", "2"));
        log.add(changes);
        assertThat(log.changes()).usingRecursiveFieldByFieldElementComparator().isEqualTo(changes);
        assertThat(Arrays.asList(log.changes().toArray())).hasSize(3);
    }
}
