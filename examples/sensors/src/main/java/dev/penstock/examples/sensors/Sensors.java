package dev.penstock.examples.sensors;

import dev.penstock.dataflow.flow.EventClock;
import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.ItemSink;
import dev.penstock.dataflow.flow.LateItem;
import dev.penstock.dataflow.flow.Stream;
import dev.penstock.dataflow.flow.Windowed;
import dev.penstock.dataflow.window.Windows;
import dev.penstock.engine.embedded.EmbeddedEngine;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Prints the sum of each sensor's readings, minute by minute.
 *
 * <p>Usage: {@code Sensors [readings]}.
 */
public final class Sensors {
    private Sensors() {}

    /** Simulates as many readings as are named first, or 300,000. */
    public static void main(String[] arguments) {
        long count = arguments.length > 0 ? Long.parseLong(arguments[0]) : 300_000;
        Flow flow = Flow.named("sensors").withoutCheckpoint();
        sums(simulated(flow, count), ItemSink.forEach(System.out::println), ItemSink.forEach(System.err::println));
        EmbeddedEngine.of(flow.plan()).run();
    }

    /**
     * The readings of the generator; columns in the order of the pipeline file, as its random values follow from it.
     */
    static Stream<Reading> simulated(Flow flow, long count) {
        Map<String, String> columns = new LinkedHashMap<>();
        columns.put("name", "string");
        columns.put("value", "float64");
        columns.put("measured_at", "timestamp");
        return flow.read("in", "generate", Map.of("rows", count, "columns", columns), Reading.OF_ROWS);
    }

    /** Sums {@code readings} up; those that come more than 5 s behind a later one go to {@code late}. */
    static void sums(Stream<Reading> readings, ItemSink<Sum> out, ItemSink<Reading> late) {
        Windowed<String, Reading, Double> sums = readings.keyBy("sensor", Reading::sensor)
                .window(
                        "per-minute",
                        EventClock.of(Reading::measuredAt).waitFor(Duration.ofSeconds(5)),
                        Windows.tumbling(Duration.ofMinutes(1)))
                .fold("sum", () -> 0.0, (sum, reading) -> sum + reading.value(), Double::sum);
        sums.results()
                .toStream("sums")
                .map(
                        "row",
                        sum -> new Sum(
                                sum.getKey(),
                                sum.getValue().open(),
                                sum.getValue().value()))
                .to("out", out);
        sums.late().dropKey("too-late").map("reading", LateItem::value).to("late", late);
    }
}
