package dev.penstock.examples.billion;

import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.ItemSink;
import dev.penstock.dataflow.flow.ItemSource;
import dev.penstock.engine.embedded.EmbeddedEngine;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Prints the least, mean and greatest temperature of each station, sorted by name.
 *
 * <p>Usage: {@code OneBillionRows <file> [workers]}, with lines {@code station;temperature} in the file.
 */
public final class OneBillionRows {
    private OneBillionRows() {}

    /** Reads the file named first, with as many workers as are named next, or one a processor. */
    public static void main(String[] arguments) {
        int workers = arguments.length > 1
                ? Integer.parseInt(arguments[1])
                : Runtime.getRuntime().availableProcessors();
        System.out.println(summaries(Path.of(arguments[0]), workers));
    }

    /** What the contest wants to see: {@code {Abha=5.0/18.0/27.4, Accra=…}}. */
    static String summaries(Path file, int workers) {
        Map<String, Summary> results = new TreeMap<>();
        Flow flow = flow(new BlockSource(file), ItemSink.forEach(result -> results.put(result.station(), result)));
        EmbeddedEngine.of(flow.workers(workers).withoutCheckpoint().plan()).run();
        return results.values().stream().map(Summary::toString).collect(Collectors.joining(", ", "{", "}"));
    }

    static Flow flow(ItemSource<Block> blocks, ItemSink<Summary> sink) {
        Flow flow = Flow.named("one-billion-rows");
        flow.read("blocks", blocks)
                .flatMap("summarise", StationTable::summarise)
                .keyBy("station", Summary::station)
                .reduceFinal("combine", Summary::and)
                .dropKey("summaries")
                .to("out", sink);
        return flow;
    }
}
