package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.dataflow.flow.EventClock;
import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.KeyedStream;
import dev.penstock.dataflow.flow.State;
import dev.penstock.dataflow.flow.StatefulContext;
import dev.penstock.dataflow.flow.StatefulLogic;
import dev.penstock.dataflow.flow.Update;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.operator.Timer;
import dev.penstock.flow.testing.TestEngine.Ending;
import dev.penstock.spi.StateVersionException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What steps with memory promise beyond one run: time to live, timers, and state of an older release. */
@Timeout(60)
final class KeyedStepsTest {
    @TempDir
    private Path state;

    private final TestSink<String> sink = TestSink.exactlyOnce();

    private static Flow flow(
            TestSource<String> source,
            TestSink<String> sink,
            Function<KeyedStream<String, String>, KeyedStream<String, String>> steps) {
        Flow flow = Flow.named("keyed");
        KeyedStream<String, String> items = flow.<String>read("in", source).keyBy("key", item -> item.substring(0, 1));
        steps.apply(items).dropKey("items").to("out", sink);
        return flow;
    }

    private static KeyedStream<String, String> counted(KeyedStream<String, String> items, State<Long> state) {
        return items.statefulMap(
                "count",
                state,
                (count, item) -> Update.keep(count.orElse(0L) + 1, item + " " + (count.orElse(0L) + 1)));
    }

    @Test
    void forgetsAKeyWhenItsTimeToLiveIsOver() {
        TestClock clock = TestClock.standing();
        TestSource<String> source = TestSource.of("a1", "b1")
                .pause(clock, Duration.ofMinutes(40))
                .then("a2")
                .pause(clock, Duration.ofMinutes(40))
                .then("a3", "b2");
        State<Long> hour = State.of(StateCodec.ofLong()).timeToLive(Duration.ofHours(1));

        assertThat(TestEngine.withState(state).clock(clock).run(flow(source, sink, items -> counted(items, hour))))
                .isEqualTo(Ending.DONE);

        assertThat(sink.items()).containsExactlyInAnyOrder("a1 1", "b1 1", "a2 2", "a3 3", "b2 1");
    }

    /** The clock of the engine decides in the store too, whatever the clock of the machine shows. */
    @Test
    void countsTheTimeToLiveByTheClockOfTheEngineOverARestart() {
        TestClock clock = TestClock.at(Event.START);
        TestSource<String> source = TestSource.of("a1", "b1").live();
        State<Long> hour = State.of(StateCodec.ofLong()).timeToLive(Duration.ofHours(1));
        TestRun first =
                TestEngine.withState(state).clock(clock).start(flow(source, sink, items -> counted(items, hour)));
        first.until(() -> sink.items().size() == 2);
        first.stop();
        clock.advance(Duration.ofMinutes(40));

        source.then("a2").pause(clock, Duration.ofMinutes(40)).then("a3", "b2").complete();
        TestEngine.withState(state).clock(clock).run(flow(source, sink, items -> counted(items, hour)));

        assertThat(sink.items()).containsExactlyInAnyOrder("a1 1", "b1 1", "a2 2", "a3 3", "b2 1");
    }

    /** Says what came within a minute of event time. */
    private static final class Minutes implements StatefulLogic<String, String, String, String> {
        @Override
        public void onItem(String item, StatefulContext<String, String, String> context) {
            if (context.state().isEmpty()) {
                context.setTimer(Timer.eventTime(time(item).plusSeconds(60), 0));
            }
            context.put(context.state().orElse("") + item + ";");
        }

        @Override
        public void onTimer(Timer timer, StatefulContext<String, String, String> context) {
            context.emit(context.state().orElseThrow());
            context.drop();
        }

        static Instant time(String item) {
            return Instant.EPOCH.plusSeconds(Long.parseLong(item.substring(1)));
        }
    }

    @Test
    void firesTimersByTheTimesOfItems() {
        TestSource<String> source =
                TestSource.of("a0", "a50", "b55", "b61", "a70", "c200").anEpochAnItem();
        Flow flow = flow(
                source,
                sink,
                items -> items.timedBy(EventClock.of(Minutes::time))
                        .stateful("minutes", State.of(StateCodec.ofString()), Minutes::new));

        assertThat(TestEngine.withState(state).run(flow)).isEqualTo(Ending.DONE);

        assertThat(sink.items()).containsExactly("a0;a50;", "b55;b61;", "a70;", "c200;");
    }

    record Totals(String last, int count) {}

    /** What {@link Totals} became. */
    record Sums(long count, Optional<String> last, double mean) {}

    /** A {@link Totals} whose component has a type that nothing becomes. */
    record Broken(String last, boolean count) {}

    private TestSource<String> runOldRelease() {
        TestSource<String> source = TestSource.of("a1", "a2").eof().then("a3");
        Flow old = flow(
                source,
                sink,
                items -> items.statefulMap("totals", State.ofRecord(Totals.class), (totals, item) -> {
                    Totals next = new Totals(item, totals.map(Totals::count).orElse(0) + 1);
                    return Update.keep(next, next.toString());
                }));
        assertThat(TestEngine.withState(state).run(old)).isEqualTo(Ending.DONE);
        assertThat(sink.take()).containsExactly("Totals[last=a1, count=1]", "Totals[last=a2, count=2]");
        return source;
    }

    @Test
    void goesOnWithRecordsOfAnOlderRelease() {
        TestSource<String> source = runOldRelease();
        Flow changed = flow(
                source,
                sink,
                items -> items.statefulMap(
                        "totals",
                        State.ofRecord(Sums.class),
                        (sums, item) -> Update.keep(
                                sums.orElseThrow(), sums.orElseThrow().toString())));

        assertThat(TestEngine.withState(state).run(changed)).isEqualTo(Ending.DONE);

        assertThat(sink.take()).containsExactly("Sums[count=2, last=Optional[a2], mean=0.0]");
    }

    @Test
    void namesStepRecordAndComponentThatDoNotFit() {
        TestSource<String> source = runOldRelease();
        Flow broken = flow(
                source,
                sink,
                items ->
                        items.statefulMap("totals", State.ofRecord(Broken.class), (totals, item) -> Update.drop(item)));

        assertThatThrownBy(() -> TestEngine.withState(state).run(broken))
                .isInstanceOf(StateVersionException.class)
                .hasMessageStartingWith(
                        "Cannot read the state of step 'totals': Cannot read component 'count' of record"
                                + " 'Broken': the state holds a value of type Integer, which is not a 'boolean';");
    }
}
