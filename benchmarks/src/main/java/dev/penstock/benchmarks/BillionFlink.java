package dev.penstock.benchmarks;

import java.nio.file.Path;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.RichFlatMapFunction;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.windowing.assigners.GlobalWindows;
import org.apache.flink.util.Collector;
import org.jspecify.annotations.Nullable;

/** The graph of the example {@code one-billion-rows} on a Flink MiniCluster: blocks, summaries of each, all in one. */
final class BillionFlink {
    private BillionFlink() {}

    /** Arguments: the file, the parallelism. */
    public static void main(String[] arguments) throws Exception {
        String file = arguments[0];
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        long last = new BillionBlocks(Path.of(file)).count() - 1;
        Measured measured = Measured.start();
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(Integer.parseInt(arguments[1]), configuration);
        environment
                .fromSource(new NumberSequenceSource(0, last), WatermarkStrategy.noWatermarks(), "blocks")
                .flatMap(new Summarise(file))
                .keyBy(entry -> entry.station)
                .window(GlobalWindows.createWithEndOfStreamTrigger())
                .reduce(BillionTable.Entry::and)
                .map(entry -> entry.count)
                .returns(Long.class)
                .filter(new FlowFlink.Count())
                .sinkTo(new DiscardingSink<>());
        environment.execute("billion");
        measured.print(FlowTotals.SUM.sum());
    }

    private static final class Summarise extends RichFlatMapFunction<Long, BillionTable.Entry> {
        private static final long serialVersionUID = 1;

        private final String file;
        /** Made by whoever runs the function, not by whoever sends it there. */
        private transient @Nullable BillionBlocks blocks;

        Summarise(String file) {
            this.file = file;
        }

        @Override
        public void flatMap(Long block, Collector<BillionTable.Entry> out) {
            BillionBlocks opened = blocks;
            if (opened == null) {
                opened = new BillionBlocks(Path.of(file));
                blocks = opened;
            }
            BillionTable table = new BillionTable();
            opened.add(block, table);
            table.entries().forEach(out::collect);
        }
    }
}
