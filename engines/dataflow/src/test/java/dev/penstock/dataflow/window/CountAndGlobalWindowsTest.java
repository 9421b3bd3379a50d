package dev.penstock.dataflow.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.operator.TimeDomain;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Windows that are not of time, triggers, and the clock of the machine. */
final class CountAndGlobalWindowsTest {
    @Test
    void closeWithTheirLastItem() {
        WindowRun run = clocked(Windows.count(3)).once("a0 b0 c0 d0 e0 f0 g0");
        assertThat(run.results).containsExactly("0[a, b, c]", "1[d, e, f]");
        run.end();
        assertThat(run.results).containsExactly("0[a, b, c]", "1[d, e, f]", "2[g]");
    }

    @Test
    void slideByItems() {
        WindowRun run = clocked(Windows.count(3, 2)).once("a0 b0 c0 d0 e0 f0");
        assertThat(run.results).containsExactly("0[a, b, c]", "1[c, d, e]");
        run.restart().end();
        assertThat(run.results).containsExactly("0[a, b, c]", "1[c, d, e]", "2[e, f]");
    }

    @Test
    void countInTheOrderOfTime() {
        WindowRun run = WindowRun.lists(Windows.count(2), Duration.ofSeconds(10))
                .each("c3 a1 d4 b2")
                .end();
        assertThat(run.results).containsExactly("0[a, b]", "1[c, d]");
        assertThat(run.meta).containsExactly("0[1, 2]", "1[3, 4]");
    }

    @Test
    void refuseToLeaveItemsOut() {
        assertThatThrownBy(() -> Windows.count(2, 3))
                .hasMessage(
                        "Cannot begin a window every '3' items: it is greater than the window of '2', so items would"
                                + " be in no window; make it at most the window");
        assertThatThrownBy(() -> Windows.count(0))
                .hasMessage("Cannot begin a window every '0' items: it is less than 1; give a number from 1");
    }

    @Test
    void globalClosesAtTheEnd() {
        WindowRun run = WindowRun.lists(Windows.global()).each("a0 b1000 c2000");
        assertThat(run.results).isEmpty();
        run.end();
        assertThat(run.results).containsExactly("0[a, b, c]");
        assertThat(run.meta).containsExactly("0[0, 2000]");
        assertThat(run.keys()).isZero();
    }

    @Test
    void fireEveryFewItems() {
        WindowOptions options =
                WindowOptions.of(Windows.global(), TimeDomain.PROCESSING).withTrigger(EarlyTrigger.everyItems(2));
        WindowRun run = WindowRun.lists(options)
                .each("a0 b0 c0")
                .restart()
                .each("d0 e0")
                .end();
        assertThat(run.results).containsExactly("0[a, b] EARLY", "0[a, b, c, d] EARLY", "0[a, b, c, d, e]");
        assertThat(run.meta).hasSize(1);
    }

    @Test
    void fireByTheClockWhileTheyAreOpen() {
        WindowOptions options = WindowOptions.of(Windows.tumbling(Duration.ofSeconds(10)), TimeDomain.EVENT)
                .withTrigger(EarlyTrigger.every(Duration.ofSeconds(30)));
        WindowRun run =
                WindowRun.lists(options).clock(100).each("a1").clock(120).each("b2");
        assertThat(run.results).isEmpty();
        run.clock(130);
        assertThat(run.results).containsExactly("0[a, b] EARLY");
        run.restart().clock(1_000);
        assertThat(run.results).hasSize(1);
        run.each("c3").clock(1_030).each("d11");
        assertThat(run.results).containsExactly("0[a, b] EARLY", "0[a, b, c] EARLY", "0[a, b, c]");
    }

    @Test
    void areOfTheClockOfTheMachine() {
        WindowRun run = clocked(Windows.tumbling(Duration.ofSeconds(10)));
        run.clock(3).each("a99").clock(9).each("b0").clock(10);
        assertThat(run.results).containsExactly("0[a, b]");
        run.each("c5").clock(8).each("d5").clock(20);
        assertThat(run.results).containsExactly("0[a, b]", "1[c, d]");
        assertThat(run.late).isEmpty();
        assertThat(run.keys()).isZero();
    }

    @Test
    void ofTheClockCloseAtTheEnd() {
        WindowRun run = clocked(Windows.session(Duration.ofSeconds(10)));
        run.clock(3).each("a0").end();
        assertThat(run.results).containsExactly("0[a]");
        assertThat(run.keys()).isZero();
    }

    private static WindowRun clocked(Windower windower) {
        return WindowRun.lists(WindowOptions.of(windower, TimeDomain.PROCESSING));
    }
}
