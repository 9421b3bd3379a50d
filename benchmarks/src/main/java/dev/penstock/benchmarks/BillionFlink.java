package dev.penstock.benchmarks;

import dev.penstock.examples.billion.Block;
import dev.penstock.examples.billion.Summary;
import java.nio.file.Path;
import java.util.List;
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

/** The graph of {@link BillionBenchmark} on a Flink MiniCluster: blocks, what their lines say, all in one. */
final class BillionFlink {
    private BillionFlink() {}

    /** Arguments: the file, how many rows it has, the parallelism, whether each row is an item, a file to warm up. */
    public static void main(String[] arguments) throws Exception {
        int parallelism = Integer.parseInt(arguments[2]);
        boolean byRow = Boolean.parseBoolean(arguments[3]);
        execute(arguments[4], parallelism, byRow);
        FlowTotals.reset();
        Measured measured = Measured.start();
        execute(arguments[0], parallelism, byRow);
        long found = FlowTotals.SUM.sum();
        measured.print(found);
        BillionBlocks.check(Long.parseLong(arguments[1]), found);
    }

    private static void execute(String file, int parallelism, boolean byRow) throws Exception {
        Configuration configuration = new Configuration();
        configuration.set(PipelineOptions.OBJECT_REUSE, true);
        long last = new BillionBlocks(Path.of(file)).count() - 1;
        StreamExecutionEnvironment environment =
                StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
        environment
                .fromSource(new NumberSequenceSource(0, last), WatermarkStrategy.noWatermarks(), "blocks")
                .flatMap(new Read(file, byRow))
                .keyBy(entry -> entry.station)
                .window(GlobalWindows.createWithEndOfStreamTrigger())
                .reduce(BillionEntry::and)
                .map(entry -> entry.count)
                .returns(Long.class)
                .filter(new FlowFlink.Count())
                .sinkTo(new DiscardingSink<>());
        environment.execute("billion");
    }

    private static final class Read extends RichFlatMapFunction<Long, BillionEntry> {
        private static final long serialVersionUID = 1;

        private final String file;
        private final boolean byRow;
        /** Made by whoever runs the function, not by whoever sends it there. */
        private transient @Nullable BillionBlocks blocks;

        Read(String file, boolean byRow) {
            this.file = file;
            this.byRow = byRow;
        }

        @Override
        public void flatMap(Long number, Collector<BillionEntry> out) {
            BillionBlocks opened = blocks;
            if (opened == null) {
                opened = new BillionBlocks(Path.of(file));
                blocks = opened;
            }
            Block block = opened.block(number);
            List<Summary> summaries = byRow ? BillionBlocks.rows(block) : BillionBlocks.summaries(block);
            summaries.forEach(summary -> out.collect(BillionEntry.of(summary)));
        }
    }
}
