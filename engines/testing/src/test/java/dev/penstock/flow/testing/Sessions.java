package dev.penstock.flow.testing;

import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.KeyedStream;
import dev.penstock.dataflow.flow.StatefulContext;
import dev.penstock.dataflow.flow.StatefulLogic;
import dev.penstock.dataflow.operator.Timer;
import dev.penstock.dataflow.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * A flow that leaves much behind when it is stopped: open sessions, pending timers, running counts; over random events
 * of many keys.
 */
final class Sessions {
    private static final int EVENTS = 300;
    private static final int KEYS = 25;

    private final List<Event> items;
    private final TestSource<Event> source = TestSource.of(List.of());
    private final TestSink<String> sink = TestSink.exactlyOnce();
    private int taken;

    Sessions(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        this.items = IntStream.range(0, EVENTS)
                .mapToObj(index -> new Event("key " + random.nextInt(KEYS), index + random.nextInt(8), "item " + index))
                .toList();
    }

    List<Event> items() {
        return items;
    }

    TestSource<Event> source() {
        return source;
    }

    TestSink<String> sink() {
        return sink;
    }

    Flow flow() {
        return flow(source, sink);
    }

    private static Flow flow(TestSource<Event> from, TestSink<String> to) {
        Flow flow = Flow.named("sessions");
        KeyedStream<String, Event> events = flow.read("in", from).keyBy("key", Event::key);
        KeyedStream<String, String> counts = events.timedBy(Event.waiting(10)).stateful("count", Counting::new);
        events.window("session", Event.waiting(10), Windows.session(Duration.ofSeconds(20)))
                .collect("collect")
                .results()
                .mapValues("session-text", result -> result.windowId() + " " + result.value())
                .merge("both", counts)
                .toStream("entries")
                .map("text", entry -> entry.getKey() + ": " + entry.getValue())
                .to("out", to);
        return flow;
    }

    /** Runs to the end, or until all that is there has been taken. */
    TestEngine.Ending run(TestEngine engine, boolean toTheEnd) {
        if (toTheEnd) {
            source.complete();
            return engine.run(flow());
        }
        int fresh = source.size() - taken;
        taken = source.size();
        TestRun run = engine.start(flow());
        run.until(() -> run.progress().rows() >= fresh);
        return run.stop();
    }

    List<String> results() {
        return sink.items().stream().sorted().toList();
    }

    /** What one run without any trouble gives. */
    List<String> expected() {
        TestSink<String> plain = TestSink.exactlyOnce();
        TestEngine.withoutState().run(flow(TestSource.of(items), plain));
        List<String> sorted = new ArrayList<>(plain.items());
        sorted.sort(null);
        return sorted;
    }

    /** Counts the items of a key, says some time after each that it was there, and at the end how many there were. */
    private static final class Counting implements StatefulLogic<String, Event, Long, String> {
        private static final Duration LATER = Duration.ofSeconds(15);

        @Override
        public void onItem(Event item, StatefulContext<String, Long, String> context) {
            context.put(context.state().orElse(0L) + 1);
            context.setTimer(Timer.eventTime(item.time().plus(LATER), 0));
        }

        @Override
        public void onTimer(Timer timer, StatefulContext<String, Long, String> context) {
            context.emit("timer of " + timer.time());
        }

        @Override
        public void onEnd(StatefulContext<String, Long, String> context) {
            context.emit("count " + context.state().orElse(0L));
            context.drop();
        }
    }
}
