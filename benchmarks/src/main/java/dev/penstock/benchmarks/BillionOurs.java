package dev.penstock.benchmarks;

import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.ItemSink;
import dev.penstock.engine.embedded.EmbeddedEngine;
import dev.penstock.examples.billion.BlockSource;
import dev.penstock.examples.billion.Summary;
import java.nio.file.Path;
import java.util.concurrent.atomic.LongAdder;

/** The flow of the example {@code one-billion-rows}, or the same with each row as an item. */
final class BillionOurs {
    private BillionOurs() {}

    /** Arguments: the file, how many rows it has, how many workers, whether each row is an item, a file to warm up. */
    public static void main(String[] arguments) {
        int workers = Integer.parseInt(arguments[2]);
        boolean byRow = Boolean.parseBoolean(arguments[3]);
        execute(arguments[4], workers, byRow);
        Measured measured = Measured.start();
        long found = execute(arguments[0], workers, byRow);
        measured.print(found);
        BillionBlocks.check(Long.parseLong(arguments[1]), found);
    }

    private static long execute(String file, int workers, boolean byRow) {
        LongAdder count = new LongAdder();
        Flow flow = Flow.named("billion").workers(workers).withoutCheckpoint();
        flow.read("blocks", new BlockSource(Path.of(file)))
                .flatMap("read", byRow ? BillionBlocks::rows : BillionBlocks::summaries)
                .keyBy("station", Summary::station)
                .reduceFinal("combine", Summary::and)
                .dropKey("summaries")
                .to("out", ItemSink.forEach(summary -> count.add(summary.count())));
        EmbeddedEngine.of(flow.plan()).run();
        return count.sum();
    }
}
