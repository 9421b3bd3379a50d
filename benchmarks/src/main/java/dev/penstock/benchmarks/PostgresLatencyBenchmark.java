package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How long a row is on its way at 5,000 changes a second, the 99th percentile: from its commit in one table to where
 * others see it in another one, written exactly once with epochs of 1 s, and of 100 ms.
 */
final class PostgresLatencyBenchmark implements Benchmark {
    @Override
    public String name() {
        return "postgres-latency";
    }

    @Override
    public String unit() {
        return "seconds";
    }

    @Override
    public boolean measuresSeconds() {
        return true;
    }

    @Override
    public List<Contender> prepare(Workplace workplace) throws IOException {
        return List.of(contender(workplace, Contender.OURS, "1s"), contender(workplace, "epochs-of-100ms", "100ms"));
    }

    private Contender contender(Workplace workplace, String name, String interval) throws IOException {
        Path pipeline = workplace.data(name()).resolve(name + ".yaml");
        Files.writeString(pipeline, """
                pipeline: latency-${RUN}
                checkpoint: { interval: %1$s, state: ./state }
                source: { %2$s, tables: public.%3$s, slot: %4$s, snapshot: never }
                sink: { %2$s, table: public.%5$s, mode: upsert, key: [id] }
                """.formatted(
                interval, PostgresData.connection(), PostgresLatency.FROM, PostgresLatency.SLOT, PostgresLatency.TO));
        return Contender.java(
                name,
                PostgresLatency.class,
                1,
                List.of("-Xmx256m"),
                workplace.penstock(),
                pipeline,
                PostgresData.server().url());
    }
}
