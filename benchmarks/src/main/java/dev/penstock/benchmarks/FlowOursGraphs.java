package dev.penstock.benchmarks;

import dev.penstock.dataflow.flow.EventClock;
import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.ItemSource;
import dev.penstock.dataflow.flow.Join;
import dev.penstock.dataflow.flow.KeyedStream;
import dev.penstock.dataflow.flow.State;
import dev.penstock.dataflow.flow.Stream;
import dev.penstock.dataflow.flow.Update;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.window.Windower;
import dev.penstock.dataflow.window.Windows;
import java.time.Duration;
import java.util.AbstractList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** The graphs of {@link FlowWork} as flows. */
final class FlowOursGraphs {
    private FlowOursGraphs() {}

    static Stream<Long> results(Flow flow, FlowWork work, long events, int readers) {
        if (work == FlowWork.JOINS) {
            return joins(flow, events, readers);
        }
        FlowWork.Events generator = work.generator();
        Stream<FlowEvent> stream = flow.read("in", source(events, readers, generator::event));
        if (work == FlowWork.STATELESS) {
            return stream.map("double", FlowLogic::doubled)
                    .flatMap("parts", FlowLogic::parts)
                    .filter("wanted", FlowLogic::isWanted)
                    .map("shift", FlowLogic::shifted);
        }
        KeyedStream<String, FlowEvent> keyed = stream.keyBy("key", FlowEvent::key);
        return work == FlowWork.STATEFUL
                ? keyed.statefulMap("sum", State.of(StateCodec.ofLong()), FlowOursGraphs::running)
                        .dropKey("sums")
                : sums(keyed, windower(work));
    }

    private static Windower windower(FlowWork work) {
        return work == FlowWork.SESSIONS
                ? Windows.session(Duration.ofSeconds(FlowWork.GAP_SECONDS))
                : Windows.tumbling(Duration.ofSeconds(FlowWork.WINDOW_SECONDS));
    }

    private static Stream<Long> sums(KeyedStream<String, FlowEvent> keyed, Windower windower) {
        EventClock<FlowEvent> clock = EventClock.<FlowEvent>ofMicros(event -> event.micros)
                .waitFor(Duration.ofSeconds(FlowWork.OUT_OF_ORDER_SECONDS));
        return keyed.window("window", clock, windower)
                .unordered()
                .fold("sum", () -> 0L, (sum, event) -> sum + event.value, Long::sum)
                .results()
                .dropKey("sums")
                .map("value", result -> result.value());
    }

    private static Update<Long, Long> running(Optional<Long> before, FlowEvent event) {
        Long sum = before.orElse(0L) + event.value;
        return Update.keep(sum, sum);
    }

    private static Stream<Long> joins(Flow flow, long events, int readers) {
        KeyedStream<String, Long> left = flow.read("left", source(events, readers, i -> new FlowEvent("k" + i, 0, i)))
                .keyBy("left-key", FlowEvent::key)
                .mapValues("left-value", FlowEvent::value);
        KeyedStream<String, Long> right = flow.read(
                        "right", source(events, readers, i -> new FlowEvent("k" + FlowWork.rightKey(i), 0, i)))
                .keyBy("right-key", FlowEvent::key)
                .mapValues("right-value", FlowEvent::value);
        return Join.of(left, right).as("join", Long::sum).dropKey("pairs");
    }

    private static ItemSource<FlowEvent> source(long events, int readers, LongFunction<FlowEvent> event) {
        Map<String, List<FlowEvent>> shares = new LinkedHashMap<>();
        for (int reader = 0; reader < readers; reader++) {
            shares.put(String.valueOf(reader), new Share(events, reader, readers, event));
        }
        return ItemSource.partitions(shares);
    }

    /** Every {@code step}th event, made when it is asked for. */
    private static final class Share extends AbstractList<FlowEvent> {
        private final int size;
        private final int first;
        private final int step;
        private final LongFunction<FlowEvent> event;

        Share(long events, int first, int step, LongFunction<FlowEvent> event) {
            this.size = Math.toIntExact((events - first + step - 1) / step);
            this.first = first;
            this.step = step;
            this.event = event;
        }

        @Override
        public FlowEvent get(int index) {
            return event.apply(first + (long) index * step);
        }

        @Override
        public int size() {
            return size;
        }
    }
}
