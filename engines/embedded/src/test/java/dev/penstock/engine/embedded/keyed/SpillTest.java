package dev.penstock.engine.embedded.keyed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.operator.KeyedStep;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
        saysTheSame(seed, Optional.empty());
    }

    /** Keys on disk expire as others do: they are new when they come again, and their timers do not fire. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void saysTheSameWithATimeToLive(long seed) {
        saysTheSame(seed, Optional.of(Duration.ofMillis(60)));
    }

    private void saysTheSame(long seed, Optional<Duration> timeToLive) {
        Obedient columns = new Obedient(timeToLive);
        KeyedStep<String> step = seed % 2 == 0 ? new ObedientObjects(columns) : columns;
        List<String> roomy = new SpillRun(seed, directory.resolve("roomy"), Long.MAX_VALUE, step).run();
        SpillRun tight = new SpillRun(seed, directory.resolve("tight"), TINY, step);
        assertThat(tight.run()).isEqualTo(roomy);
        assertThat(tight.mostSpilled()).isGreaterThan(100);
    }
}
