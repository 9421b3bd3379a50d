package dev.penstock.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.functions.RichFilterFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** {@link FlowWork} on a Flink MiniCluster: object reuse on, state on the heap. */
final class FlowFlink {
    private FlowFlink() {}

    /** Arguments: which work, how many events, at which parallelism, where checkpoints go. */
    public static void main(String[] arguments) throws Exception {
        FlowWork work = FlowWork.of(arguments[0]);
        long events = Long.parseLong(arguments[1]);
        int parallelism = Integer.parseInt(arguments[2]);
        Path state = Path.of(arguments[3]);
        execute(work, work.rounded(events / 10.0), parallelism, state); // as a long-running job: warm
        FlowTotals.reset();
        Measured measured = Measured.start();
        execute(work, events, parallelism, state);
        measured.print(work.isJoin() ? 2 * events : events);
        FlowTotals.check(work, events);
    }

    private static void execute(FlowWork work, long events, int parallelism, Path state) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        if (work == FlowWork.STATEFUL) {
            configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
            configuration.set(
                    CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                    Files.createDirectories(state).toUri().toString());
            configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofSeconds(1));
        }
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
        Input input = new Input(environment, work, events, parallelism);
        FlowFlinkJobs.results(input).filter(new Count()).sinkTo(new DiscardingSink<>());
        environment.execute(work.text());
    }

    /** What a job reads. */
    record Input(StreamExecutionEnvironment environment, FlowWork work, long events, int parallelism) {
        /** The events of {@link FlowWork}. */
        DataStream<FlowEvent> stream() {
            Source.shared = work.generator();
            return numbers("events")
                    .map(i -> Source.shared.event(i))
                    .returns(FlowEvent.class)
                    .assignTimestampsAndWatermarks(WatermarkStrategy.<FlowEvent>forBoundedOutOfOrderness(
                                    Duration.ofSeconds(FlowWork.OUT_OF_ORDER_SECONDS))
                            .withTimestampAssigner((event, none) -> event.micros / 1_000));
        }

        /**
         * The numbers of events. Flink cuts the sequence in halves, one a reader; they are mapped so that the readers
         * take turns, as time is to pass in both alike.
         */
        DataStream<Long> numbers(String name) {
            DataStream<Long> sequence = environment.fromSource(
                    new NumberSequenceSource(0, events - 1), WatermarkStrategy.noWatermarks(), name);
            long share = events / parallelism;
            int readers = parallelism;
            return sequence.map(n -> n % share * readers + n / share).returns(Long.class);
        }
    }

    /** The parallel instances of a MiniCluster live in one process: the table of keys need not be serialized. */
    static final class Source {
        private static FlowWork.Events shared = FlowWork.STATELESS.generator();

        private Source() {}
    }

    /** Adds up what comes out, and lets nothing through. */
    static final class Count extends RichFilterFunction<Long> {
        private static final long serialVersionUID = 1;

        private transient long count;
        private transient long sum;

        @Override
        public void open(OpenContext context) {
            count = 0;
            sum = 0;
        }

        @Override
        public boolean filter(Long value) {
            count++;
            sum += value;
            return false;
        }

        @Override
        public void close() {
            FlowTotals.add(count, sum);
        }
    }
}
