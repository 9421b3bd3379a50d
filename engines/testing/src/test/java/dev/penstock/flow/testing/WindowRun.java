package dev.penstock.flow.testing;

import dev.penstock.dataflow.flow.Clock;
import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.WindowResult;
import dev.penstock.dataflow.flow.WindowedStream;
import dev.penstock.dataflow.flow.Windowing;
import dev.penstock.dataflow.window.WindowMetadata;
import dev.penstock.dataflow.window.Windower;
import java.util.List;
import java.util.function.Function;

/**
 * A flow of events into windows, whose results, late items and metadata are collected as texts.
 *
 * @param step what becomes of the windows
 */
record WindowRun(
        Clock<Event> clock, Windower windower, Function<Windowing<String, Event>, WindowedStream<String, ?>> step) {
    static WindowRun collecting(Clock<Event> clock, Windower windower) {
        return new WindowRun(clock, windower, windows -> windows.collect("collect"));
    }

    /** The flow, with sinks {@code down}, {@code late} and {@code meta}. */
    Flow flow(TestBed bed, List<Event> events) {
        Flow flow = Flow.named("windows");
        WindowedStream<String, ?> windowed = step.apply(flow.<Event>read("in", bed.source("in", events))
                .keyBy("key", Event::key)
                .window("window", clock, windower));
        windowed.results()
                .mapValues("result", WindowRun::text)
                .dropKey("results")
                .to("down", bed.sink("down", text -> "any"));
        windowed.late()
                .mapValues("too-late", late -> late.windowId() + ":" + late.value())
                .dropKey("lates")
                .to("late", bed.sink("late", text -> "any"));
        windowed.meta()
                .mapValues("closed", WindowRun::text)
                .dropKey("metas")
                .to("meta", bed.sink("meta", text -> "any"));
        return flow;
    }

    /** What the flow gives of {@code events}, item by item and in one batch, stopped in between and crashed. */
    FlowResults inEveryWay(Event... events) {
        return FlowTester.of(bed -> flow(bed, List.of(events))).crashes(2).everyWay();
    }

    /** What the flow gives of {@code events} in one batch. */
    FlowResults of(Event... events) {
        return FlowTester.of(bed -> flow(bed, List.of(events))).onceOnly();
    }

    private static String text(WindowResult<?> result) {
        return result.windowId() + ":" + result.value();
    }

    private static String text(WindowMetadata window) {
        return window.windowId() + ":[" + Event.second(window.open()) + ", " + Event.second(window.close()) + "]";
    }
}
