package dev.penstock.engine.embedded.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys that leave memory and come back, beside a run in which all stay. */
final class SpillTest {
    private static final long TINY = 8_000;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void saysTheSameWithHardlyAnyMemory(long seed) {
        boolean objects = seed % 2 == 0;
        List<String> roomy = new SpillRun(seed, directory.resolve("roomy"), Long.MAX_VALUE, objects).run();
        SpillRun tight = new SpillRun(seed, directory.resolve("tight"), TINY, objects);
        assertThat(tight.run()).isEqualTo(roomy);
        assertThat(tight.mostSpilled()).isGreaterThan(100);
    }
}
