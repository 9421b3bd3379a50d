package dev.penstock.flow.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.flow.EmitMode;
import dev.penstock.dataflow.flow.EventClock;
import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.InsertMode;
import dev.penstock.dataflow.flow.KeyedStream;
import dev.penstock.dataflow.flow.LateItem;
import dev.penstock.dataflow.flow.WindowResult;
import dev.penstock.dataflow.flow.WindowedStream;
import dev.penstock.dataflow.window.Windows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Windows in whole flows, however these are run. */
final class WindowFlowsTest {
    private static final Instant START = Instant.parse("2022-01-01T00:00:00Z");

    /** What a sensor says at {@code second}. */
    private record Reading(String id, long second, double value) {
        Instant time() {
            return START.plusSeconds(second);
        }
    }

    private static Map.Entry<String, String> result(Map.Entry<String, ? extends WindowResult<?>> entry) {
        WindowResult<?> result = entry.getValue();
        return Map.entry(
                entry.getKey(), result.open().getEpochSecond() - START.getEpochSecond() + "=" + result.value());
    }

    @Test
    void sumsReadingsByMinute() {
        FlowResults results = FlowTester.of(bed -> {
                    Flow flow = Flow.named("sensors");
                    KeyedStream<String, Reading> readings = flow.read(
                                    "in",
                                    bed.<Reading>source(
                                            "in",
                                            new Reading("a", 0, 1),
                                            new Reading("b", 10, 2),
                                            new Reading("a", 59, 3),
                                            new Reading("a", 63, 4),
                                            new Reading("a", 58, 5),
                                            new Reading("b", 57, 6),
                                            new Reading("b", 150, 7)))
                            .keyBy("sensor", Reading::id);
                    WindowedStream<String, Double> sums = readings.window(
                                    "per-minute",
                                    EventClock.of(Reading::time).waitFor(Duration.ofSeconds(5)),
                                    Windows.tumbling(Duration.ofMinutes(1)))
                            .fold("sum", () -> 0.0, (sum, reading) -> sum + reading.value(), Double::sum);
                    sums.results().to("out", bed.sink("out", Map.Entry::getKey));
                    sums.late().to("late", bed.sink("late", Map.Entry::getKey));
                    return flow;
                })
                .everyWay();
        List<Map.Entry<String, WindowResult<Double>>> sums = results.of("out");
        assertThat(sums.stream().map(WindowFlowsTest::result))
                .containsExactlyInAnyOrder(
                        Map.entry("a", "0=9.0"),
                        Map.entry("b", "0=2.0"),
                        Map.entry("a", "60=4.0"),
                        Map.entry("b", "120=7.0"));
        List<Map.Entry<String, LateItem<Reading>>> late = results.of("late");
        assertThat(late).containsExactly(Map.entry("b", new LateItem<>(27_349_920L, new Reading("b", 57, 6))));
    }

    @Test
    void findsTheSameSessionsOfSeveralPartitions() {
        Random random = new Random(11);
        Map<String, List<Reading>> partitions = Map.of("one", readings(random, "a", "b"), "two", readings(random, "c"));
        FlowResults results = FlowTester.of(bed -> {
                    Flow flow = Flow.named("windows");
                    var windowing = flow.read("in", bed.source("in", partitions))
                            .keyBy("sensor", Reading::id)
                            .window(
                                    "session",
                                    EventClock.of(Reading::time).waitFor(Duration.ofSeconds(3)),
                                    Windows.session(Duration.ofSeconds(4)));
                    var lists = windowing.collect("readings");
                    lists.results().to("lists", bed.sink("lists", Map.Entry::getKey));
                    lists.late().to("late", bed.sink("late", Map.Entry::getKey));
                    windowing.count("count").values("count-values").to("counts", bed.sink("counts", Map.Entry::getKey));
                    return flow;
                })
                .everyWay();
        assertThat(results.<Object>of("lists")).hasSizeGreaterThan(5);
        assertThat(results.<Object>of("late")).isNotEmpty();
        assertThat(results.<Object>of("counts")).hasSameSizeAs(results.of("lists"));
    }

    @Test
    void joinsStreamsInWindows() {
        Duration hour = Duration.ofHours(1);
        FlowResults results = FlowTester.of(bed -> {
                    Flow flow = Flow.named("joins");
                    var names = flow.read(
                                    "names",
                                    bed.<Reading>source("names", new Reading("a", 0, 1), new Reading("b", 0, 2)))
                            .keyBy("name", Reading::id);
                    var mails = flow.read(
                                    "mails",
                                    bed.<Reading>source(
                                            "mails", new Reading("a", 900, 10), new Reading("b", 4_500, 20)))
                            .keyBy("mail", Reading::id);
                    names.window("hour", EventClock.of(Reading::time), Windows.tumbling(hour))
                            .join(mails, EventClock.of(Reading::time))
                            .as("both", (name, mail) -> name.map(Reading::value) + " " + mail.map(Reading::value))
                            .results()
                            .to("out", bed.sink("out", Map.Entry::getKey));
                    return flow;
                })
                .everyWay();
        List<Map.Entry<String, WindowResult<String>>> joined = results.of("out");
        assertThat(joined.stream().map(WindowFlowsTest::result))
                .containsExactlyInAnyOrder(
                        Map.entry("a", "0=Optional[1.0] Optional[10.0]"),
                        Map.entry("b", "0=Optional[2.0] Optional.empty"),
                        Map.entry("b", "3600=Optional.empty Optional[20.0]"));
    }

    @Test
    void joinsByTheOrderOfTime() {
        assertThat(joined(InsertMode.FIRST, EmitMode.FINAL)).containsExactly("2 3");
        assertThat(joined(InsertMode.LAST, EmitMode.FINAL)).containsExactly("1 4");
        assertThat(joined(InsertMode.PRODUCT, EmitMode.FINAL)).containsExactly("2 3", "2 4", "1 3", "1 4");
        assertThat(joined(InsertMode.LAST, EmitMode.RUNNING)).containsExactly("2 -", "2 3", "2 4", "1 4");
        assertThat(joined(InsertMode.LAST, EmitMode.COMPLETE)).containsExactly("2 3", "1 4");
    }

    private static List<String> joined(InsertMode insert, EmitMode emit) {
        FlowResults results = FlowTester.of(bed -> {
                    Flow flow = Flow.named("joins");
                    var left = flow.read(
                                    "left", bed.<Reading>source("left", new Reading("k", 7, 1), new Reading("k", 1, 2)))
                            .keyBy("left-key", Reading::id);
                    var right = flow.read(
                                    "right",
                                    bed.<Reading>source("right", new Reading("k", 2, 3), new Reading("k", 3, 4)))
                            .keyBy("right-key", Reading::id);
                    EventClock<Reading> clock = EventClock.of(Reading::time).waitFor(Duration.ofMinutes(1));
                    left.window("minute", clock, Windows.tumbling(Duration.ofMinutes(1)))
                            .join(right, clock)
                            .insert(insert)
                            .emit(emit)
                            .as(
                                    "both",
                                    (one, other) ->
                                            text(one.map(Reading::value)) + " " + text(other.map(Reading::value)))
                            .values("rows")
                            .to("out", bed.sink("out", Map.Entry::getKey));
                    return flow;
                })
                .everyWay();
        return results.<Map.Entry<String, String>>of("out").stream()
                .map(Map.Entry::getValue)
                .toList();
    }

    private static String text(Optional<Double> value) {
        return value.map(number -> String.valueOf(number.intValue())).orElse("-");
    }

    private static List<Reading> readings(Random random, String... ids) {
        List<Reading> readings = new ArrayList<>();
        long second = 0;
        for (int i = 0; i < 40; i++) {
            second += random.nextInt(6);
            readings.add(new Reading(ids[random.nextInt(ids.length)], Math.max(0, second - random.nextInt(7)), i));
        }
        return readings;
    }
}
