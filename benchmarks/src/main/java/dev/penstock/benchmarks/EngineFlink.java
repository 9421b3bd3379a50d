package dev.penstock.benchmarks;

import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.jspecify.annotations.Nullable;

/** The job of {@link EngineBenchmark} on a Flink MiniCluster: parallelism 1, object reuse on, no checkpoints. */
final class EngineFlink {
    private EngineFlink() {}

    public static void main(String[] arguments) throws Exception {
        long rows = Long.parseLong(arguments[0]);
        execute(rows / 20); // loads classes and warms the compiler, as a long-running job would be
        Measured measured = Measured.start();
        execute(rows);
        measured.print(rows);
    }

    private static void execute(long rows) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        StreamExecutionEnvironment environment = StreamExecutionEnvironment.createLocalEnvironment(1, configuration);
        environment
                .fromSource(new NumberSequenceSource(0, rows - 1), WatermarkStrategy.noWatermarks(), "generate")
                .map(new Generate())
                .map(new Compute())
                .filter(event -> event.total > EngineBenchmark.THRESHOLD)
                .sinkTo(new DiscardingSink<>());
        environment.execute("engine");
    }

    /** A row, as a job for Flink would have it. */
    public static final class Event {
        public long id;
        public double value;
        public double total;
    }

    private static final class Generate implements MapFunction<Long, Event> {
        private static final long serialVersionUID = 1;

        private transient @Nullable Event reused;

        @Override
        public Event map(Long id) {
            Event event = reused;
            if (event == null) {
                event = new Event();
                reused = event;
            }
            event.id = id;
            event.value = EngineBenchmark.value(id);
            return event;
        }
    }

    private static final class Compute implements MapFunction<Event, Event> {
        private static final long serialVersionUID = 1;

        @Override
        public Event map(Event event) {
            event.total = event.value * 1.5 + event.id;
            return event;
        }
    }
}
