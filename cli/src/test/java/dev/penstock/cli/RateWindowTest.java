package dev.penstock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.engine.embedded.Progress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RateWindowTest {
    private static Progress progress(long rows) {
        return new Progress(rows, rows * 10, Map.of(), Map.of(), 1, 0, 0, 0, 0, Optional.empty(), "reading");
    }

    @Test
    void beginsAtTheStartOfTheRun() {
        RateWindow window = RateWindow.EMPTY.add(Duration.ofSeconds(2), progress(100));
        assertThat(window.rows()).isEqualTo(50.0);
        assertThat(window.bytes()).isEqualTo(500.0);
    }

    @Test
    void forgetsWhatWasSecondsAgo() {
        RateWindow window = RateWindow.EMPTY;
        for (int second = 1; second <= 20; second++) {
            window = window.add(Duration.ofSeconds(second), progress(second <= 10 ? 0 : (second - 10) * 1000L));
        }
        assertThat(window.rows()).isEqualTo(1000.0);
    }

    @Test
    void isZeroBeforeTheFirstLook() {
        assertThat(RateWindow.EMPTY.rows()).isZero();
    }
}
