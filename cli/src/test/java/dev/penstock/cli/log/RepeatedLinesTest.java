package dev.penstock.cli.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RepeatedLinesTest {
    private final AtomicLong now = new AtomicLong();
    private final RepeatedLines lines = new RepeatedLines(now::get);

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void writesALineOnceAMinuteAndSaysHowOftenItWasHeldBack() {
        assertThat(lines.next("no answer")).contains("no answer");
        for (int second = 1; second < 60; second++) {
            pass(Duration.ofSeconds(1));
            assertThat(lines.next("no answer")).isEmpty();
        }
        pass(Duration.ofSeconds(1));
        assertThat(lines.next("no answer")).contains("no answer (59 times more since)");
        pass(Duration.ofMinutes(1));
        assertThat(lines.next("no answer")).contains("no answer");
    }

    @Test
    void writesWhatWasNotSaidBefore() {
        assertThat(lines.next("one")).isPresent();
        assertThat(lines.next("two")).isPresent();
    }

    @Test
    void forgetsLinesThatWereNotSaidForLong() {
        lines.next("first");
        for (int line = 0; line < 100; line++) {
            lines.next("line " + line);
        }
        assertThat(lines.next("first")).contains("first");
    }
}
