package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.Polled;
import dev.penstock.dataflow.flow.PollingSource;
import dev.penstock.dataflow.flow.Until;
import dev.penstock.dataflow.window.Windower;
import dev.penstock.dataflow.window.Windows;
import dev.penstock.engine.embedded.ResumeRefusedException;
import dev.penstock.flow.testing.TestEngine.Ending;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the semantics differ from those of other systems on purpose. */
final class DifferencesTest {
    private static final Windower TENS = Windows.tumbling(Duration.ofSeconds(10), Event.START);
    private static final Windower SESSIONS = Windows.session(Duration.ofSeconds(5));

    @TempDir
    private Path state;

    private final TestSink<String> results = TestSink.exactlyOnce();
    private final TestSink<String> late = TestSink.exactlyOnce();

    private Flow windows(TestSource<Event> source, String step, Windower windower) {
        Flow flow = Flow.named("windows");
        var windowed = flow.read("in", source)
                .keyBy("key", Event::key)
                .window(step, Event.clock(), windower)
                .collect("collect");
        windowed.results()
                .toStream("entries")
                .map(
                        "text",
                        entry -> entry.getKey() + " " + entry.getValue().windowId() + " "
                                + entry.getValue().value())
                .to("out", results);
        windowed.late().dropKey("late-items").map("late-text", String::valueOf).to("late", late);
        return flow;
    }

    /** Watermarks move by items, so items that come after an outage are no later than they would have been without. */
    @Test
    void anOutageOfAnHourChangesNoWindow() {
        TestClock clock = TestClock.at(Event.START);
        TestSource<Event> source = TestSource.of(Event.of(1, "a"), Event.of(3, "b"));
        source.pause(clock, Duration.ofHours(1)).live();
        TestRun first = TestEngine.withState(state).clock(clock).start(windows(source, "window", TENS));
        first.until(() -> clock.instant().isAfter(Event.START));
        assertThat(first.stop()).isEqualTo(Ending.STOPPED);

        source.then(Event.of(4, "c"), Event.of(12, "d")).complete();
        TestEngine.withState(state).clock(clock).run(windows(source, "window", TENS));

        assertThat(results.items()).containsExactly("a 0 [a, b, c]", "a 1 [d]");
        assertThat(late.items()).isEmpty();
    }

    /** A key that was silent while others moved on: its old items are late, and its window is not opened again. */
    @Test
    void aQuietKeyDoesNotForgetTheWatermark() {
        TestSource<Event> source = TestSource.of(
                Event.of(1, "first"), new Event("other", 100, "x"), Event.of(2, "again"), Event.of(101, "later"));
        TestEngine.withState(state).run(windows(source, "window", TENS));

        assertThat(results.items()).containsExactlyInAnyOrder("a 0 [first]", "other 10 [x]", "a 10 [later]");
        assertThat(late.items()).hasSize(1).first().asString().contains("again");
    }

    /** Three sessions that two items between them make one. */
    @Test
    void sessionsMergeTransitively() {
        List<Event> events =
                List.of(Event.of(0, "a"), Event.of(8, "c"), Event.of(16, "e"), Event.of(4, "b"), Event.of(12, "d"));
        FlowResults found = FlowTester.of(bed -> {
                    Flow flow = Flow.named("sessions");
                    var windowed = flow.<Event>read("in", bed.source("in", events))
                            .keyBy("key", Event::key)
                            .window("session", Event.waiting(30), SESSIONS)
                            .unordered()
                            .collect("collect");
                    windowed.results()
                            .dropKey("results")
                            .map("text", result -> result.value().toString())
                            .to("out", bed.sink("out"));
                    windowed.meta()
                            .dropKey("metas")
                            .map("ids", meta -> meta.mergedIds().toString())
                            .to("meta", bed.sink("meta"));
                    return flow;
                })
                .everyWay();

        assertThat(found.<String>of("out")).hasSize(1).first().asString().contains("a", "b", "c", "d", "e");
        assertThat(found.<String>of("meta")).containsExactly("[1, 2]");
    }

    /** A partition that is gone ends; the others go on, and what it gave stays. */
    @Test
    void aPartitionMayBeRemovedBetweenRuns() {
        TestSource<Event> source = TestSource.partitions(
                Map.of("north", List.of(Event.of(1, "n")), "south", List.of(new Event("b", 2, "s"))));
        source.live();
        TestRun first = TestEngine.withState(state).start(windows(source, "window", TENS));
        first.until(() -> first.progress().rows() == 2);
        assertThat(first.stop()).isEqualTo(Ending.STOPPED);

        source.remove("north");
        source.partition("south").then(new Event("b", 14, "t")).complete();
        assertThat(TestEngine.withState(state).run(windows(source, "window", TENS)))
                .isEqualTo(Ending.DONE);

        assertThat(results.items()).containsExactlyInAnyOrder("a 0 [n]", "b 0 [s]", "b 1 [t]");
    }

    /** A step that was renamed is an error that names both, and nothing is lost. */
    @Test
    void aRenamedStepIsRefusedByName() {
        TestSource<Event> source = TestSource.of(Event.of(1, "a")).live();
        TestRun first = TestEngine.withState(state).start(windows(source, "windows", TENS));
        first.until(() -> first.progress().rows() == 1);
        first.stop();
        source.complete();

        assertThatThrownBy(() -> TestEngine.withState(state).run(windows(source, "window", TENS)))
                .isInstanceOf(ResumeRefusedException.class)
                .hasMessageContaining("'windows.collect'")
                .hasMessageContaining("'window.collect'");
        TestEngine.withState(state).run(windows(source, "windows", TENS));
        assertThat(results.items()).containsExactly("a 0 [a]");
    }

    /** A source that asks to be left alone for a day does not hold up the one beside it. */
    @Test
    void aSleepySourceDoesNotStallABusyOne() {
        Flow flow = Flow.named("both");
        List<Integer> numbers = IntStream.range(0, 1000).boxed().toList();
        TestSink<Integer> sink = TestSink.exactlyOnce();
        var sleepy = flow.read("sleepy", PollingSource.<Integer>every(Duration.ofDays(1), position -> Polled.item(-1)));
        flow.<Integer>read("busy", TestSource.of(numbers)).merge("all", sleepy).to("out", sink);

        TestRun run = TestEngine.withoutState().start(flow);
        run.until(() -> sink.items().size() == 1001);
        assertThat(run.stop()).isEqualTo(Ending.STOPPED);
        assertThat(sink.items()).contains(-1, 999);
    }

    /** A partition with a thousand items beside one with a few: each is read at its own speed, and windows wait. */
    @Test
    void unevenPartitionsGiveTheWindowsOfEven() {
        List<Event> many = IntStream.range(0, 400)
                .mapToObj(second -> new Event("many", second, "m"))
                .toList();
        List<Event> few = List.of(new Event("few", 0, "f"), new Event("few", 395, "g"));
        TestSource<Event> source = TestSource.partitions(Map.of("many", many, "few", few));
        TestEngine.withState(state).workers(3).run(windows(source, "window", TENS));

        assertThat(late.items()).isEmpty();
        assertThat(results.items()).hasSize(42).contains("few 0 [f]", "few 39 [g]");
    }

    /** Timers of the wall clock follow the clock of the test. */
    @Test
    void collectGivesAListWhenItsTimeIsOver() {
        TestClock clock = TestClock.standing();
        TestSource<String> source =
                TestSource.of("a", "b").pause(clock, Duration.ofMinutes(2)).then("c");
        TestSink<Map.Entry<String, List<String>>> lists = TestSink.exactlyOnce();
        Flow flow = Flow.named("lists");
        flow.read("in", source)
                .keyBy("one", item -> "all")
                .collect("collect", Until.size(10).orWaited(Duration.ofMinutes(1)))
                .to("out", lists);
        TestEngine.withState(state).clock(clock).run(flow);

        assertThat(lists.items()).containsExactly(Map.entry("all", List.of("a", "b")), Map.entry("all", List.of("c")));
    }
}
