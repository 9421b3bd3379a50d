package dev.penstock.flow.testing;

import dev.penstock.dataflow.flow.EventClock;
import dev.penstock.dataflow.flow.Fold;
import dev.penstock.dataflow.flow.KeyedStream;
import dev.penstock.dataflow.flow.Stream;
import dev.penstock.dataflow.flow.WindowJoin2;
import dev.penstock.dataflow.flow.WindowedStream;
import dev.penstock.dataflow.flow.Windowing;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.window.EarlyTrigger;
import dev.penstock.dataflow.window.WindowLogic;
import dev.penstock.dataflow.window.WindowOutput;
import dev.penstock.dataflow.window.Windower;
import dev.penstock.dataflow.window.Windows;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/** Uses of all operators of windows, and of all kinds of windows. */
final class WindowUses {
    private static final Windower TENS = Windows.tumbling(Duration.ofSeconds(10), Event.START);
    private static final EventClock<Reading> CLOCK =
            EventClock.of(Reading::time).waitFor(Duration.ofSeconds(5));

    private WindowUses() {}

    static final List<OperatorUse> OF_WINDOWS = List.of(
            use(
                    "Windowing.fold",
                    TENS,
                    (windows, step) -> windows.fold(step, () -> 0, (sum, item) -> sum + item.number(), Integer::sum)),
            use(
                    "Windowing.fold",
                    TENS,
                    (windows, step) -> windows.fold(
                            step,
                            Fold.<Reading, Integer>of(() -> 0, (sum, item) -> sum + item.number(), Integer::sum)
                                    .finish(sum -> "sum " + sum))),
            use("Windowing.reduce", TENS, (windows, step) -> windows.reduce(step, (one, other) -> other)),
            use("Windowing.count", TENS, Windowing::count),
            use("Windowing.max", TENS, (windows, step) -> windows.max(step, Comparator.comparing(Reading::number))),
            use("Windowing.min", TENS, (windows, step) -> windows.min(step, Comparator.comparing(Reading::number))),
            use("Windowing.collect", TENS, Windowing::collect),
            use("Windowing.collectSet", TENS, Windowing::collectSet),
            use(
                    "Windowing.collectMap",
                    TENS,
                    (windows, step) -> windows.collectMap(step, item -> Map.entry(item.number(), item.second()))),
            use("Windowing.apply", TENS, (windows, step) -> windows.apply(step, new Numbers())),
            use(
                    "KeyedStream.window",
                    Windows.sliding(Duration.ofSeconds(10), Duration.ofSeconds(5), Event.START),
                    Windowing::collect),
            use("KeyedStream.window", Windows.session(Duration.ofSeconds(6)), Windowing::collect),
            use("KeyedStream.window", Windows.count(2), Windowing::collect),
            use("KeyedStream.window", Windows.global(), Windowing::collect),
            use(
                    "KeyedStream.window",
                    TENS,
                    (windows, step) ->
                            windows.allowedLateness(Duration.ofSeconds(20)).collect(step)),
            use(
                    "KeyedStream.window",
                    TENS,
                    (windows, step) -> windows.unordered()
                            .earlyTrigger(EarlyTrigger.everyItems(2))
                            .count(step)),
            OperatorUse.of(
                    "Windowed.values",
                    (in, ends) -> ends.keyed(StatelessUses.by(in, ends)
                            .window(ends.step() + "-windows", CLOCK, TENS)
                            .count("count")
                            .values(ends.step()))),
            OperatorUse.of(
                    "WindowJoin2.as",
                    (in, ends) -> ends.keyed(joined(in, ends)
                            .as(ends.step(), (odd, even) -> odd + "+" + even)
                            .results())),
            OperatorUse.of(
                    "WindowJoinAll.as",
                    (in, ends) -> ends.keyed(joined(in, ends)
                            .join(side(in, ends, "third", item -> item.number() % 3 == 0), CLOCK)
                            .as(ends.step(), row -> row.sides().toString())
                            .results())));

    private static WindowJoin2<String, Reading, Reading> joined(Stream<Reading> in, OperatorUse.Ends ends) {
        return side(in, ends, "odd", StatelessUses::odd)
                .window(ends.step() + "-windows", CLOCK, TENS)
                .join(side(in, ends, "even", item -> !StatelessUses.odd(item)), CLOCK);
    }

    private static KeyedStream<String, Reading> side(
            Stream<Reading> in, OperatorUse.Ends ends, String name, Predicate<Reading> wanted) {
        return in.filter(ends.step() + "-only-" + name, wanted).keyBy(ends.step() + "-by-" + name, Reading::sensor);
    }

    private static OperatorUse use(
            String method,
            Windower windower,
            BiFunction<Windowing<String, Reading>, String, WindowedStream<String, ?>> step) {
        return OperatorUse.of(method, (in, ends) -> {
            WindowedStream<String, ?> windowed = step.apply(
                    StatelessUses.by(in, ends).window(ends.step() + "-windows", CLOCK, windower), ends.step());
            ends.keyed(windowed.results());
            new OperatorUse.Ends(ends.flow(), ends.bed(), ends.step() + "-late").keyed(windowed.late());
            new OperatorUse.Ends(ends.flow(), ends.bed(), ends.step() + "-meta").keyed(windowed.meta());
        });
    }

    /** Gives each number of a window as an item of its own. */
    private static final class Numbers implements WindowLogic<Reading, List<Integer>, Integer> {
        @Override
        public List<Integer> first(int input, Reading value, WindowOutput<Integer> out) {
            return List.of(value.number());
        }

        @Override
        public List<Integer> add(List<Integer> numbers, int input, Reading value, WindowOutput<Integer> out) {
            return merge(numbers, List.of(value.number()));
        }

        @Override
        public List<Integer> merge(List<Integer> earlier, List<Integer> later) {
            return java.util.stream.Stream.concat(earlier.stream(), later.stream())
                    .toList();
        }

        @Override
        public void close(List<Integer> numbers, WindowOutput<Integer> out) {
            numbers.forEach(out::emit);
        }

        @Override
        public StateCodec<List<Integer>> codec() {
            return StateCodec.ofValues();
        }
    }
}
