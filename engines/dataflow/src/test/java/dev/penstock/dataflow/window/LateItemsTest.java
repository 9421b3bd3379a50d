package dev.penstock.dataflow.window;

import static dev.penstock.dataflow.window.WindowRun.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.operator.TimeDomain;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Items behind the watermark. */
final class LateItemsTest {
    private static final Windower TEN_SECONDS = Windows.tumbling(Duration.ofSeconds(10));

    @Test
    void areLateThoughTheirWindowIsOpen() {
        WindowRun run = WindowRun.lists(TEN_SECONDS).each("a0 b8 c4 d12").end();
        assertThat(run.late).containsExactly("0c");
        assertThat(run.results).containsExactly("0[a, b]", "1[d]");
    }

    @Test
    void areCountedAndNotMadeIfNobodyTakesThem() {
        WindowRun run = WindowRun.lists(TEN_SECONDS);
        run.onlyResults = true;
        run.each("a0 b8 c4 d12").end();
        assertThat(run.late).isEmpty();
        assertThat(run.meta).isEmpty();
        assertThat(run.lateItems).isOne();
        assertThat(run.results).containsExactly("0[a, b]", "1[d]");
    }

    @Test
    void areThoseBehindTheTimeToWait() {
        WindowRun run = WindowRun.lists(TEN_SECONDS, Duration.ofSeconds(5))
                .each("a0 b8 c4 x2 d12 e16 f9")
                .end();
        assertThat(run.late).containsExactly("0x", "0f");
        assertThat(run.results).containsExactly("0[a, c, b]", "1[d, e]");
    }

    @Test
    void areTheSameInOneBatch() {
        WindowRun run = WindowRun.lists(TEN_SECONDS, Duration.ofSeconds(5))
                .once("a0 b8 c4 x2 d12 e16 f9")
                .end();
        assertThat(run.late).containsExactly("0x", "0f");
        assertThat(run.results).containsExactly("0[a, c, b]", "1[d, e]");
    }

    @Test
    void areNotThoseAtTheWatermark() {
        WindowRun run = WindowRun.lists(TEN_SECONDS).each("a8 b8").end();
        assertThat(run.late).isEmpty();
        assertThat(run.results).containsExactly("0[a, b]");
    }

    @Test
    void haveTheIdsOfAllTheirWindows() {
        Windower sliding = Windows.sliding(Duration.ofSeconds(10), Duration.ofSeconds(5));
        WindowRun run = WindowRun.lists(sliding).each("a40 b12");
        assertThat(run.late).containsExactly("1b", "2b");
        assertThat(run.lateItems).isOne();
    }

    @Test
    void doNotOpenAgainWhatAQuietKeyHasClosed() {
        WindowRun run = WindowRun.lists(TEN_SECONDS)
                .batch(List.of(item("quiet", 1, "a")))
                .batch(List.of(item("busy", 100, "x")))
                .restart();
        assertThat(run.results).containsExactly("quiet:0[a]");
        run.batch(List.of(item("quiet", 2, "b"))).end();
        assertThat(run.late).containsExactly("quiet:0b");
        assertThat(run.results).containsExactly("quiet:0[a]", "busy:10[x]");
    }

    @Test
    void changeTheirWindowWithinTheAllowedLateness() {
        WindowRun run = allowing(TEN_SECONDS, 5).each("a0 b12");
        assertThat(run.results).containsExactly("0[a]");
        run.each("c3 d13 e15 f4");
        assertThat(run.results).containsExactly("0[a]", "0[a, c] LATE", "0[a, c, f] LATE");
        run.each("g15.000001 h5").end();
        assertThat(run.late).containsExactly("0h");
        assertThat(run.results).containsExactly("0[a]", "0[a, c] LATE", "0[a, c, f] LATE", "1[b, d, e, g]");
    }

    @Test
    void joinAWindowThatIsOpenWithinTheAllowedLateness() {
        WindowRun run = allowing(TEN_SECONDS, 5).each("a0 b8 c4 d25").end();
        assertThat(run.late).isEmpty();
        assertThat(run.results).containsExactly("0[a, b, c]", "2[d]");
    }

    @Test
    void openAWindowThatHadNoItemsWithinTheAllowedLateness() {
        WindowRun run = allowing(TEN_SECONDS, 5).each("a12 b3").end();
        assertThat(run.results).containsExactly("0[b]", "1[a]");
    }

    @Test
    void goToLateOnlyForTheWindowsThatAreGone() {
        Windower sliding = Windows.sliding(Duration.ofSeconds(10), Duration.ofSeconds(5));
        WindowRun run = allowing(sliding, 2).each("a16 b7");
        assertThat(run.late).containsExactly("0b");
        run.end();
        assertThat(run.results).containsExactly("1[b]", "2[a]", "3[a]");
    }

    @Test
    void bridgeSessionsWithinTheAllowedLateness() {
        WindowRun run = allowing(Windows.session(Duration.ofSeconds(5)), 30).each("a0 b9 c30");
        assertThat(run.results).containsExactly("0[a]", "1[b]");
        run.each("d5").end();
        assertThat(run.late).isEmpty();
        assertThat(run.results).containsExactly("0[a]", "1[b]", "0[a, d, b] LATE", "2[c]");
        assertThat(run.meta).containsExactly("0[0, 0]", "1[9, 9]", "0[0, 9] merged [1]", "2[30, 30]");
    }

    @Test
    void doNotTouchSessionsThatAreGone() {
        Windower sessions = Windows.session(Duration.ofSeconds(5));
        WindowOptions ordered =
                WindowOptions.of(sessions, TimeDomain.EVENT).withAllowedLateness(Duration.ofSeconds(10));
        for (WindowOptions options : List.of(ordered, ordered.withOrdered(false))) {
            WindowRun each = WindowRun.lists(options).each("a0 b17 c4").end();
            WindowRun once = WindowRun.lists(options).once("a0 b17 c4").end();
            assertThat(each.results).containsExactlyInAnyOrder("0[a]", "1[b]", "2[c]");
            assertThat(once.results).containsExactlyInAnyOrder("0[a]", "1[b]", "2[c]");
        }
    }

    @Test
    void withoutATimeAreInNoWindow() {
        WindowRun run = WindowRun.lists(TEN_SECONDS).withoutTime("a");
        assertThat(run.late).containsExactly("-1a");
        assertThat(run.keys()).isZero();
    }

    private static WindowRun allowing(Windower windower, int seconds) {
        WindowOptions options =
                WindowOptions.of(windower, TimeDomain.EVENT).withAllowedLateness(Duration.ofSeconds(seconds));
        return WindowRun.lists(options);
    }
}
