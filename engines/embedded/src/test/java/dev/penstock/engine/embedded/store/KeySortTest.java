package dev.penstock.engine.embedded.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Sorting by key. */
final class KeySortTest {
    private final Random random = new Random(7);

    private void sorts(int count, IntFunction<byte[]> key) {
        byte[][] keys = IntStream.range(0, count).mapToObj(key).toArray(byte[][]::new);
        int[] expected = IntStream.range(0, count)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> keys[i], Arrays::compareUnsigned))
                .mapToInt(Integer::intValue)
                .toArray();
        KeyLog log = new KeyLog("step");
        for (byte[] one : keys) {
            log.drop(one, one.length);
        }
        KeySort sorted = KeySort.of(log);

        assertThat(sorted.order()).isEqualTo(expected);
        for (int place = 1; place < count; place++) {
            byte[] before = keys[expected[place - 1]];
            assertThat(sorted.isAsBefore(place)).isEqualTo(Arrays.equals(before, keys[expected[place]]));
        }
    }

    private byte[] random(int length) {
        byte[] key = new byte[length];
        random.nextBytes(key);
        return key;
    }

    @Test
    void sortsFewAndMany() {
        for (int count : new int[] {0, 1, 2, 40, 48, 49, 50, 5_000}) {
            sorts(count, i -> random(16));
        }
    }

    @Test
    void keepsTheOrderOfEqualKeys() {
        sorts(30, i -> new byte[] {(byte) random.nextInt(3)});
        sorts(3_000, i -> new byte[] {(byte) random.nextInt(3)});
    }

    @Test
    void sortsKeysThatEndWhereOthersGoOn() {
        sorts(3_000, i -> new byte[random.nextInt(20)]);
        sorts(3_000, i -> random(random.nextInt(3)));
        sorts(3_000, i -> ("k" + random.nextInt(2_000)).getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void sortsKeysThatDifferLate() {
        sorts(3_000, i -> (i % 2 + "-a-long-beginning-" + random.nextInt(1_000)).getBytes(StandardCharsets.UTF_8));
    }
}
