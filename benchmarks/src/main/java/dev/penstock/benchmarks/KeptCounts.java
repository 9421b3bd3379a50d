package dev.penstock.benchmarks;

import dev.penstock.dataflow.flow.Flow;
import dev.penstock.dataflow.flow.ItemSink;
import dev.penstock.dataflow.flow.ItemSource;
import dev.penstock.dataflow.flow.State;
import dev.penstock.dataflow.flow.Update;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.engine.embedded.EmbeddedEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/** A flow that counts events by key and keeps the counts: every key once, then the keys again in another order. */
final class KeptCounts {
    /** Spreads the second visit of the keys over all of them. */
    private static final long STRIDE = 7_919_033;

    private final int keys;
    private final Total total = new Total();

    KeptCounts(int keys) {
        this.keys = keys;
    }

    /**
     * Reads the first {@code events} events, or what earlier runs left of them, and keeps the counts in {@code state}.
     */
    void run(Path state, long events) {
        Flow flow = Flow.named("counts").checkpoint(Duration.ofSeconds(5), state);
        flow.read("events", ItemSource.generated(events, this::key))
                .keyBy("by-key", key -> key)
                .statefulMap("count", State.of(StateCodec.ofLong()), (count, event) -> {
                    long next = count.orElse(0L) + 1;
                    return Update.keep(next, next);
                })
                .dropKey("counts")
                .to("out", ItemSink.forEach(total));
        EmbeddedEngine.of(flow.plan()).run();
    }

    private String key(long event) {
        return "key-" + (event < keys ? event : event * STRIDE % keys);
    }

    /** The sum of all counts given: shows that none was lost. */
    void expect(long sum) {
        if (total.sum != sum) {
            throw new IllegalStateException("Expected counts of " + sum + " in all, but found " + total.sum);
        }
    }

    private static final class Total implements Consumer<Long> {
        private long sum;

        @Override
        public void accept(Long count) {
            sum += count;
        }
    }
}
