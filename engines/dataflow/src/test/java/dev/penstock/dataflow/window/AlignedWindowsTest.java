package dev.penstock.dataflow.window;

import static dev.penstock.dataflow.window.WindowRun.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tumbling and sliding windows. */
final class AlignedWindowsTest {
    private static final Windower TEN_SECONDS = Windows.tumbling(Duration.ofSeconds(10));
    private static final Duration FOR_THE_END = Duration.ofSeconds(Long.MAX_VALUE);

    @Test
    void takesValuesInTheOrderOfTime() {
        WindowRun run = WindowRun.lists(TEN_SECONDS, FOR_THE_END).each("a0 c8 b4 e13 d12");
        assertThat(run.results).isEmpty();
        run.end();
        assertThat(run.results).containsExactly("0[a, b, c]", "1[d, e]");
        assertThat(run.meta).containsExactly("0[0, 10]", "1[10, 20]");
    }

    @Test
    void closesAWindowWhenTheWatermarkReachesItsEnd() {
        WindowRun run = WindowRun.lists(TEN_SECONDS).each("a0 b9.999999");
        assertThat(run.results).isEmpty();
        run.each("c10");
        assertThat(run.results).containsExactly("0[a, b]");
    }

    @Test
    void keepsKeysApart() {
        Windower tenMinutes = Windows.tumbling(Duration.ofMinutes(10), Instant.EPOCH);
        WindowRun run = WindowRun.lists(tenMinutes)
                .batch(List.of(item("one", 0, "1")))
                .batch(List.of(item("one", 300, "2")))
                .batch(List.of(item("two", 600, "3")))
                .batch(List.of(item("two", 900, "4")))
                .batch(List.of(item("one", 1200, "5")));
        assertThat(run.results).containsExactly("one:0[1, 2]", "two:1[3, 4]");
        run.end();
        assertThat(run.results).containsExactly("one:0[1, 2]", "two:1[3, 4]", "one:2[5]");
        assertThat(run.keys()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "5, 13, '[1, 2]'",
        "5, -3, '[-2, -1]'",
        "5, 15, '[2, 3]'",
        "5, 0, '[-1, 0]'",
        "3, 11, '[1, 2, 3]'",
        "3, 5, '[-1, 0, 1]'",
        "7, 14, '[1, 2]'",
        "7, 17, '[2]'",
        "7, 10, '[1]'",
        "7, -4, '[-1]'",
    })
    void numbersSlidingWindowsFromTheAlignment(int offset, int time, String ids) {
        Windower windower = Windows.sliding(Duration.ofSeconds(10), Duration.ofSeconds(offset));
        List<Long> late = new ArrayList<>();
        windower.lateFor(time * 1_000_000L, late::add);
        assertThat(late).hasToString(ids);
        WindowRun run = WindowRun.lists(windower).each("x" + time).end();
        assertThat(run.results).isEqualTo(late.stream().map(id -> id + "[x]").toList());
    }

    @Test
    void putsAnItemIntoAllSlidingWindowsThatHaveItsTime() {
        Windower windower = Windows.sliding(Duration.ofSeconds(10), Duration.ofSeconds(5));
        WindowRun run = WindowRun.lists(windower).each("a1 b4 c6 d11 e25").end();
        assertThat(run.results).containsExactly("-1[a, b]", "0[a, b, c]", "1[c, d]", "2[d]", "4[e]", "5[e]");
    }

    @Test
    void alignsToAnyTime() {
        Windower hours = Windows.tumbling(Duration.ofHours(1), Instant.parse("2023-01-01T00:00:00Z"));
        List<Long> ids = new ArrayList<>();
        for (String time : List.of("2023-12-14T00:00:00Z", "2023-12-14T01:15:00Z", "2022-12-31T23:59:59Z")) {
            hours.lateFor(Micros.of(Instant.parse(time)), ids::add);
        }
        assertThat(ids).containsExactly(8328L, 8329L, -1L);
    }

    @Test
    void givesTheSameWindowsAfterAnOutageOfAnHour() {
        WindowRun run = WindowRun.lists(TEN_SECONDS, Duration.ofSeconds(5)).each("a0 b8");
        run.restart().clock(3_600);
        run.each("c9 d12 e20").end();
        assertThat(run.late).isEmpty();
        assertThat(run.results).containsExactly("0[a, b, c]", "1[d]", "2[e]");
    }

    @Test
    void refusesWindowsThatLeaveItemsOut() {
        assertThatThrownBy(() -> Windows.sliding(Duration.ofSeconds(5), Duration.ofSeconds(6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "Cannot use window offset 'PT6S': it is greater than the length 'PT5S', so items would be in"
                                + " no window; make it at most the length");
        assertThatThrownBy(() -> Windows.tumbling(Duration.ZERO))
                .hasMessage("Cannot use window length 'PT0S': it is less than a microsecond; give a longer one");
    }
}
