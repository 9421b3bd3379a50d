package dev.penstock.benchmarks;

import java.time.Duration;
import org.apache.flink.api.common.functions.AggregateFunction;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichMapFunction;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.co.KeyedCoProcessFunction;
import org.apache.flink.streaming.api.windowing.assigners.EventTimeSessionWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.util.Collector;

/** The graphs of {@link FlowWork} for Flink. */
final class FlowFlinkJobs {
    private FlowFlinkJobs() {}

    static DataStream<Long> results(FlowFlink.Input input) {
        return switch (input.work()) {
            case STATELESS -> stateless(input);
            case WINDOWS_1, WINDOWS_1000, WINDOWS_1000000 ->
                input.stream()
                        .keyBy(event -> event.key)
                        .window(TumblingEventTimeWindows.of(Duration.ofSeconds(FlowWork.WINDOW_SECONDS)))
                        .aggregate(new Sum());
            case SESSIONS ->
                input.stream()
                        .keyBy(event -> event.key)
                        .window(EventTimeSessionWindows.withGap(Duration.ofSeconds(FlowWork.GAP_SECONDS)))
                        .aggregate(new Sum());
            case STATEFUL -> input.stream().keyBy(event -> event.key).map(new RunningSum());
            case JOINS -> joins(input);
        };
    }

    private static DataStream<Long> stateless(FlowFlink.Input input) {
        FlatMapFunction<FlowEvent, Long> parts =
                (event, out) -> FlowLogic.parts(event).forEach(out::collect);
        return input.stream()
                .map(FlowLogic::doubled)
                .returns(FlowEvent.class)
                .flatMap(parts)
                .returns(Long.class)
                .filter(FlowLogic::isWanted)
                .map(FlowLogic::shifted)
                .returns(Long.class);
    }

    private static DataStream<Long> joins(FlowFlink.Input input) {
        DataStream<FlowEvent> left =
                input.numbers("left").map(i -> new FlowEvent("k" + i, 0, i)).returns(FlowEvent.class);
        DataStream<FlowEvent> right = input.numbers("right")
                .map(i -> new FlowEvent("k" + FlowWork.rightKey(i), 0, i))
                .returns(FlowEvent.class);
        return left.keyBy(event -> event.key)
                .connect(right.keyBy(event -> event.key))
                .process(new Pair());
    }

    private static final class Sum implements AggregateFunction<FlowEvent, Long, Long> {
        private static final long serialVersionUID = 1;

        @Override
        public Long createAccumulator() {
            return 0L;
        }

        @Override
        public Long add(FlowEvent event, Long sum) {
            return sum + event.value;
        }

        @Override
        public Long getResult(Long sum) {
            return sum;
        }

        @Override
        public Long merge(Long one, Long other) {
            return one + other;
        }
    }

    private static final class RunningSum extends RichMapFunction<FlowEvent, Long> {
        private static final long serialVersionUID = 1;

        private transient ValueState<Long> sums;

        @Override
        public void open(OpenContext context) {
            sums = getRuntimeContext().getState(new ValueStateDescriptor<>("sum", Long.class));
        }

        @Override
        public Long map(FlowEvent event) throws Exception {
            Long before = sums.value();
            long sum = (before == null ? 0 : before) + event.value;
            sums.update(sum);
            return sum;
        }
    }

    private static final class Pair extends KeyedCoProcessFunction<String, FlowEvent, FlowEvent, Long> {
        private static final long serialVersionUID = 1;

        private transient ValueState<Long> lefts;
        private transient ValueState<Long> rights;

        @Override
        public void open(OpenContext context) {
            lefts = getRuntimeContext().getState(new ValueStateDescriptor<>("left", Long.class));
            rights = getRuntimeContext().getState(new ValueStateDescriptor<>("right", Long.class));
        }

        @Override
        public void processElement1(FlowEvent event, Context context, Collector<Long> out) throws Exception {
            meet(event, lefts, rights, out);
        }

        @Override
        public void processElement2(FlowEvent event, Context context, Collector<Long> out) throws Exception {
            meet(event, rights, lefts, out);
        }

        private static void meet(FlowEvent event, ValueState<Long> mine, ValueState<Long> others, Collector<Long> out)
                throws Exception {
            Long other = others.value();
            if (other == null) {
                mine.update(event.value);
            } else {
                others.clear();
                out.collect(event.value + other);
            }
        }
    }
}
