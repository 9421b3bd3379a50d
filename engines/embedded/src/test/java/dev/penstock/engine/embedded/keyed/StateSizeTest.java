package dev.penstock.engine.embedded.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the keys of a worker are said to take is never less than they do, and not much more. */
final class StateSizeTest {
    private static final int LONG_KEY = 1_000;

    private final StateSize<String> size = new StateSize<>(new ValueWriter<>(new Obedient(Optional.empty())));
    private final List<KeyEntry<String>> entries = new ArrayList<>();

    @Test
    void countsLongKeysBeforeShortOnes() {
        add(20_000, number -> new byte[LONG_KEY]);
        add(60_000, Long::valueOf);
        assertThatBytesAreRight();
    }

    @Test
    void countsLongKeysBehindShortOnes() {
        add(60_000, Long::valueOf);
        add(20, number -> "k".repeat(LONG_KEY * LONG_KEY));
        assertThatBytesAreRight();
    }

    @Test
    void countsLongKeysWhileShortOnesComeAndGo() {
        add(1_000, number -> new byte[LONG_KEY]);
        for (int round = 0; round < 100; round++) {
            add(1_000, Long::valueOf);
            remove(1_000, 2_000);
        }
        assertThatBytesAreRight();
        remove(0, 990);
        assertThatBytesAreRight();
        remove(0, 10);
        assertThat(size.bytes(0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {8, 15, 16, 17, 24, 31, 32, 41, 127, 128, 129, 1_001, 1L << 31, (1L << 31) + 40})
    void remembersASizeInAByte(long bytes) {
        assertThat(RoughSize.bytes(RoughSize.of(bytes))).isBetween(bytes, bytes + bytes / 8);
    }

    private void add(int count, IntFunction<Object> ids) {
        for (int number = 0; number < count; number++) {
            KeyEntry<String> entry = new KeyEntry<>(ids.apply(number), number);
            size.addedKey(entry);
            entries.add(entry);
        }
    }

    private void remove(int from, int to) {
        List<KeyEntry<String>> gone = entries.subList(from, to);
        gone.forEach(size::removedKey);
        gone.clear();
    }

    private void assertThatBytesAreRight() {
        long exact = entries.stream()
                .mapToLong(entry -> KeyEntry.SIZE_IN_BYTES + KeyIdentity.sizeInBytes(entry.id))
                .sum();
        assertThat(size.bytes(0)).isBetween(exact, exact + exact / 8);
    }
}
