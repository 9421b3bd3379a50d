package dev.penstock.flow.testing;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.flow.EmitMode;
import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.InsertMode;
import dev.penstock.dataflow.flow.Join;
import dev.penstock.dataflow.flow.KeyedStream;
import dev.penstock.dataflow.flow.Stream;
import dev.penstock.dataflow.window.Windows;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All that a join can be told about several items of a side and about when rows are given, in every way. */
final class JoinModesTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Of one key: the first letter is the side. */
    private static final List<Event> TWO_AND_TWO =
            List.of(Event.of(1, "L1"), Event.of(2, "L2"), Event.of(3, "R3"), Event.of(4, "R4"));

    /** In another order than that of their times. */
    private static final List<Event> UNORDERED =
            List.of(Event.of(4, "R4"), Event.of(2, "L2"), Event.of(1, "L1"), Event.of(5, "L5"), Event.of(3, "R3"));

    /**
     * Nothing is promised about the order of two sides but that which an item that is durable has before one that is
     * not yet read: so each comes in a run of its own, with other workers.
     */
    @Test
    void giveRowsByTheOrderOfItems(@TempDir Path state) {
        TestSource<Event> source = TestSource.of(List.<Event>of()).anEpochAnItem();
        for (Event event : TWO_AND_TWO) {
            source.then(event).abort();
        }
        Map<String, TestSink<Map.Entry<String, String>>> sinks = new TreeMap<>();
        forEachMode((insert, emit, name) -> sinks.put(name, TestSink.exactlyOnce()));
        for (int run = 0; run < TWO_AND_TWO.size(); run++) {
            assertThat(TestEngine.withState(state).workers(1 + run % 3).run(joins(source, sinks)))
                    .isEqualTo(TestEngine.Ending.ABORTED);
        }
        assertThat(TestEngine.withState(state).run(joins(source, sinks))).isEqualTo(TestEngine.Ending.DONE);

        Map<String, String> rows = new TreeMap<>();
        sinks.forEach((name, sink) -> rows.put(name, text(sink.items())));
        assertThat(rows)
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "first-complete", "13",
                        "last-complete", "23",
                        "product-complete", "13 23",
                        "first-final", "13",
                        "last-final", "24",
                        "product-final", "13 14 23 24",
                        "first-running", "1- 1- 13 13",
                        "last-running", "1- 2- 23 24",
                        "product-running", "1- 1- 2- 13 23 13 14 23 24"));
    }

    private static Flow joins(TestSource<Event> source, Map<String, TestSink<Map.Entry<String, String>>> sinks) {
        Flow flow = Flow.named("joins");
        Stream<Event> in = flow.read("in", source);
        KeyedStream<String, String> left = values(in, "L");
        KeyedStream<String, String> right = values(in, "R");
        forEachMode((insert, emit, name) -> Join.of(left, right)
                .insert(insert)
                .emit(emit)
                .as(name, JoinModesTest::row)
                .to(name + "-out", requireNonNull(sinks.get(name))));
        return flow;
    }

    @Test
    void giveRowsByTheOrderOfTimeInWindows() {
        FlowResults results = FlowTester.of(bed -> {
                    Flow flow = Flow.named("window-joins");
                    Stream<Event> in = flow.<Event>read("in", bed.source("in", UNORDERED));
                    KeyedStream<String, Event> left = side(in, "L");
                    KeyedStream<String, Event> right = side(in, "R");
                    forEachMode((insert, emit, name) -> left.window(
                                    name + "-window", Event.waiting(60), Windows.tumbling(MINUTE, Event.START))
                            .join(right, Event.waiting(60))
                            .insert(insert)
                            .emit(emit)
                            .as(
                                    name,
                                    (one, other) ->
                                            row(one.map(JoinModesTest::number), other.map(JoinModesTest::number)))
                            .values(name + "-values")
                            .to(name + "-out", bed.<Map.Entry<String, String>>sink(name, Map.Entry::getKey)));
                    return flow;
                })
                .everyWay();

        assertThat(rows(results))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "first-complete", "13 54",
                        "last-complete", "23 54",
                        "product-complete", "13 23 54",
                        "first-final", "13",
                        "last-final", "54",
                        "product-final", "13 14 23 24 53 54",
                        "first-running", "1- 1- 13 13 13",
                        "last-running", "1- 2- 23 24 54",
                        "product-running", "1- 1- 2- 13 23 13 14 23 24 13 14 23 24 53 54"));
    }

    private interface Mode {
        void add(InsertMode insert, EmitMode emit, String name);
    }

    private static void forEachMode(Mode mode) {
        for (InsertMode insert : InsertMode.values()) {
            for (EmitMode emit : EmitMode.values()) {
                mode.add(insert, emit, name(insert, emit));
            }
        }
    }

    private static String name(InsertMode insert, EmitMode emit) {
        return (insert + "-" + emit).toLowerCase(Locale.ROOT);
    }

    /** What each join gave, by its name. */
    private static Map<String, String> rows(FlowResults results) {
        Map<String, String> rows = new TreeMap<>();
        forEachMode((insert, emit, name) -> rows.put(name, text(results.of(name))));
        return rows;
    }

    private static String text(List<Map.Entry<String, String>> rows) {
        return rows.stream().map(Map.Entry::getValue).collect(Collectors.joining(" "));
    }

    private static String row(Optional<String> left, Optional<String> right) {
        return left.orElse("-") + right.orElse("-");
    }

    private static String number(Event event) {
        return event.value().substring(1);
    }

    private static KeyedStream<String, Event> side(Stream<Event> in, String side) {
        return in.filter("only-" + side, event -> event.value().startsWith(side))
                .keyBy("key-" + side, Event::key);
    }

    private static KeyedStream<String, String> values(Stream<Event> in, String side) {
        return side(in, side).mapValues("value-" + side, JoinModesTest::number);
    }
}
