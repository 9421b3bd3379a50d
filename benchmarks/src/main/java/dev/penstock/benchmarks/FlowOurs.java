package dev.penstock.benchmarks;

import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.ItemSink;
import dev.penstock.dataflow.flow.Stream;
import dev.penstock.engine.embedded.EmbeddedEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.function.Consumer;

/** {@link FlowWork} as a flow on the embedded engine. */
final class FlowOurs {
    private FlowOurs() {}

    /** Arguments: which work, how many events, how many workers, where the state goes. */
    public static void main(String[] arguments) throws IOException {
        FlowWork work = FlowWork.of(arguments[0]);
        long events = Long.parseLong(arguments[1]);
        int workers = Integer.parseInt(arguments[2]);
        Path state = Path.of(arguments[3]);
        execute(work, work.rounded(events / 10.0), workers, state); // as a long-running pipeline: warm
        FlowTotals.reset();
        Measured measured = Measured.start();
        execute(work, events, workers, state);
        measured.print(work.isJoin() ? 2 * events : events);
        FlowTotals.check(work, events);
    }

    private static void execute(FlowWork work, long events, int workers, Path state) throws IOException {
        Flow flow = Flow.named(work.text()).workers(workers).withoutCheckpoint();
        if (work == FlowWork.STATEFUL) {
            delete(state);
            flow.checkpoint(Duration.ofSeconds(1), state);
        }
        Count count = new Count();
        Stream<Long> results = FlowOursGraphs.results(flow, work, events, workers);
        results.to("out", ItemSink.forEach(count));
        EmbeddedEngine.of(flow.plan()).run();
        FlowTotals.add(count.count, count.sum);
    }

    /** A new run is to begin at the first event. */
    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (java.util.stream.Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** The sink calls it from one thread at a time. */
    private static final class Count implements Consumer<Long> {
        private long count;
        private long sum;

        @Override
        public void accept(Long value) {
            count++;
            sum += value;
        }
    }
}
