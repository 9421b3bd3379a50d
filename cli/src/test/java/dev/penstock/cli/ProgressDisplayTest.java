package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.embedded.Progress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ProgressDisplayTest {
    private static String text(Optional<Duration> lag) {
        Progress now = new Progress(1000, 1_000_000, Map.of(), Map.of(), 1, 0, 7, 0, 0, lag, "reading");
        Duration elapsed = Duration.ofSeconds(2);
        return ProgressDisplay.text(elapsed, now, RateWindow.EMPTY.add(elapsed, now));
    }

    @Test
    void showsHowFarTheNewestRowLiesBackIfItHasATime() {
        assertThat(text(Optional.of(Duration.ofSeconds(65))))
                .isEqualTo("2.0 s  1,000 rows  500 rows/s  0.5 MB/s  epoch 7  lag 1 min 05 s  reading");
        assertThat(text(Optional.empty())).isEqualTo("2.0 s  1,000 rows  500 rows/s  0.5 MB/s  epoch 7  reading");
    }
}
