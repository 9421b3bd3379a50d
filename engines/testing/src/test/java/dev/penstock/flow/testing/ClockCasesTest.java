package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.flow.EventClock;
import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.State;
import dev.penstock.dataflow.flow.StatefulContext;
import dev.penstock.dataflow.flow.StatefulLogic;
import dev.penstock.dataflow.operator.StateCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Case 20: what the watermark is at each item. Elsewhere it also moves with the wall clock; here, on purpose, with
 * items alone, so that pauses of two seconds move nothing.
 */
final class ClockCasesTest {
    private static final Duration FOREVER = Duration.ofSeconds(Long.MAX_VALUE);
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final TestClock clock = TestClock.at(Instant.parse("2024-01-01T00:00:00Z"));

    /** Tells each item with the watermark that it finds, in seconds, and the watermark at the end. */
    private static final class Telling implements StatefulLogic<String, Event, Long, String> {
        @Override
        public void onItem(Event event, StatefulContext<String, Long, String> context) {
            context.put(0L);
            context.emit(event.value() + " " + text(context.watermark()));
        }

        @Override
        public void onEnd(StatefulContext<String, Long, String> context) {
            context.emit("end " + text(context.watermark()));
        }

        private static String text(Instant watermark) {
            if (watermark.equals(Instant.MIN) || watermark.equals(Instant.MAX)) {
                return watermark.equals(Instant.MIN) ? "none" : "all";
            }
            return String.valueOf(Event.second(watermark));
        }
    }

    private List<String> told(TestSource<Event> source, EventClock<Event> time) {
        TestSink<String> sink = TestSink.exactlyOnce();
        Flow flow = Flow.named("clock");
        flow.read("in", source)
                .keyBy("key", Event::key)
                .timedBy(time)
                .stateful("tell", State.of(StateCodec.ofLong()), Telling::new)
                .dropKey("told")
                .to("out", sink);
        TestEngine.withoutState().clock(clock).run(flow);
        return sink.items();
    }

    @Test
    void movesByItemsAndNeverBack() {
        TestSource<Event> source = TestSource.of(Event.of(7, "t7"))
                .pause(clock, PAUSE)
                .then(Event.of(3, "t3"))
                .pause(clock, PAUSE)
                .then(Event.of(8, "t8"), Event.of(9, "t9"))
                .anEpochAnItem();

        assertThat(told(source, Event.waiting(5))).containsExactly("t7 none", "t3 2", "t8 2", "t9 3", "end all");
    }

    @Test
    void movesByTheLatestItemOfABatch() {
        TestSource<Event> source = TestSource.of(Event.of(7, "t7"), Event.of(10, "t10"))
                .pause(clock, PAUSE)
                .then(Event.of(11, "t11"))
                .anEpochAnItem()
                .batch(2);

        assertThat(told(source, Event.waiting(5))).containsExactly("t7 none", "t10 none", "t11 5", "end all");
    }

    @Test
    void staysUnknownUntilTheEndIfItWaitsForTheEnd() {
        TestSource<Event> source = TestSource.of(Event.of(7, "t7"))
                .pause(clock, PAUSE)
                .then(Event.of(8, "t8"))
                .anEpochAnItem();

        assertThat(told(source, Event.clock().waitFor(FOREVER))).containsExactly("t7 none", "t8 none", "end all");
    }
}
