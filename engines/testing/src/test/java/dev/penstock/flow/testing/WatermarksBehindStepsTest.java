package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.Update;
import dev.penstock.dataflow.operator.Key;
import dev.penstock.dataflow.operator.KeyHash;
import dev.penstock.dataflow.window.Windows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Windows behind another step with memory, each of whose workers counts as a partition. */
final class WatermarksBehindStepsTest {
    private static final int WORKERS = 2;
    private static final String AHEAD = keyOf(0);
    private static final String BEHIND = keyOf(1);

    @TempDir
    private Path state;

    private final TestSink<String> results = TestSink.exactlyOnce();
    private final TestSink<String> late = TestSink.exactlyOnce();

    private static String keyOf(int worker) {
        return IntStream.range(0, 100)
                .mapToObj(number -> "key-" + number)
                .filter(key -> KeyHash.worker(Key.ofValue(key).hash(), WORKERS) == worker)
                .findFirst()
                .orElseThrow();
    }

    private Flow flow(TestSource<Event> source) {
        Flow flow = Flow.named("behind");
        var windowed = flow.read("in", source)
                .keyBy("key", Event::key)
                .<Long, Event>statefulMap("pass", (count, event) -> Update.keep(count.orElse(0L) + 1, event))
                .window("window", Event.clock(), Windows.tumbling(Duration.ofSeconds(10), Event.START))
                .collect("collect");
        windowed.results()
                .toStream("entries")
                .map("text", entry -> entry.getValue().value().toString())
                .to("out", results);
        windowed.late().dropKey("late-items").map("late-text", String::valueOf).to("late", late);
        return flow;
    }

    /** What is late for the worker that saw later items is late for it after a restart too. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void keepTheTimeOfEachWorkerOverARestart(boolean restarts) {
        TestSource<Event> source = TestSource.of(new Event(AHEAD, 100, "a"), new Event(BEHIND, 10, "b"))
                .live();
        TestRun run = start(source);
        run.until(() -> run.progress().step("window.collect").rowsIn() == 2);
        if (restarts) {
            run.stop();
        }
        source.then(new Event(AHEAD, 50, "too late"), new Event(BEHIND, 51, "c"));
        TestRun last = restarts ? start(source) : run;
        last.until(() -> last.progress().step("window.collect").rowsIn() == (restarts ? 2 : 4));
        source.complete();
        assertThat(last.ending()).isEqualTo(TestEngine.Ending.DONE);

        assertThat(late.items()).singleElement().asString().contains("too late");
        assertThat(results.items()).containsExactlyInAnyOrder("[a]", "[b]", "[c]");
    }

    /** With other workers, keys are divided otherwise, and the time of the step decides until rows have come. */
    @Test
    void goByTheTimeOfTheStepWithOtherWorkers() {
        TestSource<Event> source = TestSource.of(new Event(AHEAD, 100, "a"), new Event(BEHIND, 60, "b"))
                .live();
        TestRun run = start(source);
        run.until(() -> run.progress().step("window.collect").rowsIn() == 2);
        run.stop();

        source.then(new Event(AHEAD, 50, "before both"), new Event(AHEAD, 70, "c"), new Event(AHEAD, 101, "d"))
                .complete();
        TestEngine.withState(state).workers(1).run(flow(source));

        assertThat(late.items()).singleElement().asString().contains("before both");
        assertThat(results.items()).containsExactlyInAnyOrder("[a, d]", "[b]", "[c]");
    }

    private TestRun start(TestSource<Event> source) {
        return TestEngine.withState(state).workers(WORKERS).start(flow(source));
    }
}
