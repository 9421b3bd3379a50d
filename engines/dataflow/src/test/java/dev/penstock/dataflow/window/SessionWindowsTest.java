package dev.penstock.dataflow.window;

import static dev.penstock.dataflow.window.WindowRun.item;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.operator.TimeDomain;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Sessions. */
final class SessionWindowsTest {
    private static final String ITEMS = "a1 b5 c11 d12 e13 f14 g20 h1";

    private final SessionWindower gapOfFive = Windows.session(Duration.ofSeconds(5));

    @Test
    void closesBehindTheGap() {
        WindowRun run = WindowRun.lists(gapOfFive).each(ITEMS).end();
        assertThat(run.results).containsExactly("0[a, b]", "1[c, d, e, f]", "2[g]");
        assertThat(run.late).containsExactly("-1h");
        assertThat(run.meta).containsExactly("0[1, 5]", "1[11, 14]", "2[20, 20]");
    }

    @Test
    void givesTheSameForOneBatch() {
        WindowRun run = WindowRun.lists(gapOfFive).once(ITEMS);
        assertThat(run.late).containsExactly("-1h");
        run.end();
        assertThat(run.results).containsExactly("0[a, b]", "1[c, d, e, f]", "2[g]");
        assertThat(run.meta).containsExactly("0[1, 5]", "1[11, 14]", "2[20, 20]");
    }

    @Test
    void staysOpenAtTheEndOfTheGapAndClosesBehindIt() {
        WindowRun run = WindowRun.lists(gapOfFive).each("a0").advanceSeconds(5);
        assertThat(run.results).isEmpty();
        run.advanceSeconds(5.000001);
        assertThat(run.results).containsExactly("0[a]");
        assertThat(run.meta).containsExactly("0[0, 0]");
    }

    @Test
    void extendsByAnItemExactlyAtTheGap() {
        WindowRun run = WindowRun.lists(gapOfFive).each("a0 b5 c10.000001").end();
        assertThat(run.results).containsExactly("0[a, b]", "1[c]");
    }

    @Test
    void mergesTransitively() {
        WindowRun run = unordered(gapOfFive, Duration.ofSeconds(100)).each("a0 b20 c10 d5 e15");
        run.end();
        assertThat(run.results).containsExactly("0[a, d, c, e, b]");
        assertThat(run.meta).containsExactly("0[0, 20] merged [1, 2]");
    }

    @Test
    void mergesIntoTheSessionThatBeganEarlier() {
        WindowRun run = unordered(gapOfFive, Duration.ofSeconds(100)).each("a10 b2 c6");
        run.end();
        assertThat(run.results).containsExactly("1[b, c, a]");
        assertThat(run.meta).containsExactly("1[2, 10] merged [0]");
    }

    @Test
    void neverUsesAnIdAgain() {
        WindowRun run = WindowRun.lists(gapOfFive)
                .batch(List.of(item("quiet", 0, "a")))
                .batch(List.of(item("other", 3_600, "x")))
                .restart()
                .batch(List.of(item("quiet", 7_200, "b")))
                .end();
        assertThat(run.results).containsExactly("quiet:0[a]", "other:0[x]", "quiet:1[b]");
    }

    @Test
    void forgetsAKeyWhenItsNumberIsNotToBeRememberedAnyMore() {
        WindowRun run = WindowRun.lists(gapOfFive.rememberFor(Duration.ofMinutes(10)));
        run.batch(List.of(item("quiet", 0, "a"))).batch(List.of(item("other", 300, "x")));
        assertThat(run.keys()).isEqualTo(2);
        run.batch(List.of(item("other", 601, "y")));
        assertThat(run.keys()).isEqualTo(1);
    }

    @Test
    void isNeverLongerThanAllowed() {
        SessionWindower limited = gapOfFive.atMost(Duration.ofSeconds(8));
        WindowRun run = WindowRun.lists(limited).each("a0 b4 c8 d12 e16").end();
        assertThat(run.results).containsExactly("0[a, b, c]", "1[d, e]");
    }

    @Test
    void doesNotMergeIntoOneThatWouldBeTooLong() {
        WindowRun run = unordered(gapOfFive.atMost(Duration.ofSeconds(8)), Duration.ofSeconds(100))
                .each("a0 b9 c4")
                .end();
        assertThat(run.results).containsExactly("0[a, c]", "1[b]");
    }

    @Test
    void lastsForAMomentWithAGapOfZero() {
        WindowRun run =
                WindowRun.lists(Windows.session(Duration.ZERO)).each("a1 b1 c2").end();
        assertThat(run.results).containsExactly("0[a, b]", "1[c]");
    }

    @Test
    void refusesANegativeGap() {
        assertThatThrownBy(() -> Windows.session(Duration.ofSeconds(-1)))
                .hasMessage("Cannot use session gap 'PT-1S': it is negative; give zero or more");
    }

    private static WindowRun unordered(Windower windower, Duration outOfOrder) {
        WindowOptions options = WindowOptions.of(windower, TimeDomain.EVENT).withOrdered(false);
        return new WindowRun(options, new ListLogic(), outOfOrder);
    }
}
