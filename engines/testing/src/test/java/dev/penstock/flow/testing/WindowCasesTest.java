package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.flow.EventClock;
import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.window.Windower;
import dev.penstock.dataflow.window.Windows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The black-box cases 13 to 23, end to end. */
final class WindowCasesTest {
    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);
    private static final Windower TENS = Windows.tumbling(Duration.ofSeconds(10), Event.START);
    private static final Windower SESSIONS = Windows.session(Duration.ofSeconds(5));

    /** Case 13. */
    @Test
    void collectsInTheOrderOfTimeWhenItWaitsForTheEnd() {
        EventClock<Event> clock = Event.clock().waitFor(FOREVER);
        FlowResults results = WindowRun.collecting(clock, TENS)
                .inEveryWay(Event.of(0, 1), Event.of(8, 3), Event.of(4, 2), Event.of(13, 5), Event.of(12, 4));

        assertThat(results.<String>of("down")).containsExactly("0:[1, 2, 3]", "1:[4, 5]");
        assertThat(results.<String>of("late")).isEmpty();
    }

    /** Case 14. */
    @Test
    void countsByKindInEachWindow() {
        WindowRun run = new WindowRun(
                Event.clock(),
                TENS,
                windows -> windows.<Map<String, Long>>fold(
                        "count", TreeMap::new, WindowCasesTest::count, (one, other) -> one));

        FlowResults results =
                run.of(Event.of(0, "login"), Event.of(4, "post"), Event.of(8, "post"), Event.of(16, "post"));

        assertThat(results.<String>of("down")).containsExactly("0:{login=1, post=2}", "1:{post=1}");
    }

    private static Map<String, Long> count(Map<String, Long> before, Event event) {
        Map<String, Long> counts = new TreeMap<>(before);
        counts.merge(event.value(), 1L, Long::sum);
        return counts;
    }

    /** Case 15. */
    @Test
    void closesSessionsBehindTheirGapAndSetsLateItemsAside() {
        FlowResults results = WindowRun.collecting(Event.clock(), SESSIONS)
                .inEveryWay(
                        Event.of(1, "a"),
                        Event.of(5, "b"),
                        Event.of(11, "c"),
                        Event.of(12, "d"),
                        Event.of(13, "e"),
                        Event.of(14, "f"),
                        Event.of(20, "g"),
                        Event.of(1, "h"));

        assertThat(results.<String>of("down")).containsExactly("0:[a, b]", "1:[c, d, e, f]", "2:[g]");
        assertThat(results.<String>of("late")).containsExactly("-1:h");
        assertThat(results.<String>of("meta")).containsExactly("0:[1, 5]", "1:[11, 14]", "2:[20, 20]");
    }

    /** Case 17. */
    @Test
    void setsAnItemAsideThoughItsWindowIsOpen() {
        FlowResults results = WindowRun.collecting(Event.clock(), TENS)
                .of(Event.of(0, "a"), Event.of(8, "b"), Event.of(4, "c"), Event.of(12, "d"));

        assertThat(results.<String>of("late")).containsExactly("0:c");
        assertThat(results.<String>of("down")).containsExactly("0:[a, b]", "1:[d]");
    }

    /** Case 17, waiting for 5 s. */
    @Test
    void takesItemsInTheOrderOfTimeWhileItWaitsForThem() {
        FlowResults results = WindowRun.collecting(Event.waiting(5), TENS)
                .inEveryWay(
                        Event.of(0, "a"),
                        Event.of(8, "b"),
                        Event.of(4, "c"),
                        Event.of(2, "x"),
                        Event.of(12, "d"),
                        Event.of(16, "e"),
                        Event.of(9, "f"));

        assertThat(results.<String>of("late")).containsExactly("0:x", "0:f");
        assertThat(results.<String>of("down")).containsExactly("0:[a, c, b]", "1:[d, e]");
    }

    /** Case 19; what closes a window before the end of the input is seen by stopping, which is no end. */
    @Test
    void closesASessionOnlyWhenTheWatermarkHasPassedTheGap(@TempDir Path state) {
        TestSource<Event> source =
                TestSource.of(Event.of(0, "a"), new Event("b", 5, "b")).live();
        TestSink<String> metas = TestSink.exactlyOnce();
        TestEngine engine = TestEngine.withState(state);

        runUntil(2, engine, sessions(source, metas));
        assertThat(metas.items()).as("watermark at 5").isEmpty();

        source.then(new Event("b", 5.000001, "b"));
        runUntil(1, engine, sessions(source, metas));
        assertThat(metas.items()).as("watermark at 5.000001").containsExactly("a 0 0");
    }

    private static Flow sessions(TestSource<Event> source, TestSink<String> metas) {
        Flow flow = Flow.named("sessions");
        flow.read("in", source)
                .keyBy("key", Event::key)
                .window("session", Event.clock(), SESSIONS)
                .collect("collect")
                .meta()
                .toStream("entries")
                .map(
                        "text",
                        entry -> entry.getKey() + " "
                                + Event.second(entry.getValue().open()) + " "
                                + Event.second(entry.getValue().close()))
                .to("out", metas);
        return flow;
    }

    private static void runUntil(int rows, TestEngine engine, Flow flow) {
        TestRun run = engine.start(flow);
        run.until(() -> run.progress().rows() >= rows);
        assertThat(run.stop()).isEqualTo(TestEngine.Ending.STOPPED);
    }

    /** Case 21. */
    @ParameterizedTest
    @CsvSource({
        "5, 13, 1 2",
        "5, -3, -2 -1",
        "5, 15, 2 3",
        "5, 0, -1 0",
        "3, 11, 1 2 3",
        "3, 5, -1 0 1",
        "7, 14, 1 2",
        "7, 17, 2",
        "7, 10, 1",
        "7, -4, -1"
    })
    void putsAnItemIntoAllSlidingWindowsThatHoldItsTime(int offset, int second, String ids) {
        Windower sliding = Windows.sliding(Duration.ofSeconds(10), Duration.ofSeconds(offset), Event.START);
        FlowResults results = WindowRun.collecting(Event.clock(), sliding).of(Event.of(second, "x"));

        assertThat(results.<String>of("down"))
                .containsExactlyInAnyOrderElementsOf(
                        List.of(ids.split(" ")).stream().map(id -> id + ":[x]").toList());
    }

    /** Case 23. */
    @Test
    void foldsTheWindowsOfEachKeyApart() {
        WindowRun run = new WindowRun(
                Event.clock(),
                Windows.tumbling(Duration.ofMinutes(10), Event.START),
                windows ->
                        windows.fold("sum", () -> 0L, (sum, event) -> sum + Long.parseLong(event.value()), Long::sum));
        List<Event> events = List.of(
                new Event("key1", 0, "1"),
                new Event("key1", 300, "2"),
                new Event("key2", 600, "3"),
                new Event("key2", 900, "4"),
                new Event("key1", 1200, "5"));

        FlowResults results = FlowTester.of(bed -> {
                    Flow flow = Flow.named("sums");
                    run.step()
                            .apply(flow.<Event>read("in", bed.source("in", events))
                                    .keyBy("key", Event::key)
                                    .window("window", run.clock(), run.windower()))
                            .results()
                            .toStream("entries")
                            .map(
                                    "text",
                                    entry -> entry.getKey() + " "
                                            + entry.getValue().windowId() + " "
                                            + entry.getValue().value())
                            .to("out", bed.sink("out"));
                    return flow;
                })
                .onceOnly();

        assertThat(results.<String>of("out")).containsExactlyInAnyOrder("key1 0 3", "key1 2 5", "key2 1 7");
    }
}
