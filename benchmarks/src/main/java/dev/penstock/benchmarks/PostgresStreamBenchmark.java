package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Changes as pgbench makes them to nowhere, beside the bare replication stream and the engine of Debezium on the same
 * log: of four tables as events, and of one with its columns.
 */
record PostgresStreamBenchmark(boolean allTables) implements Benchmark {
    private static final long TRANSACTIONS = 500_000;
    private static final long UPDATES = 2_000_000;
    private static final String SLOT = "bench_ours";

    @Override
    public String name() {
        return allTables ? "postgres-stream" : "postgres-stream-table";
    }

    @Override
    public String unit() {
        return "changes/s";
    }

    @Override
    public List<Contender> prepare(Workplace workplace) throws IOException {
        String url = PostgresData.server().url();
        PostgresChanges changes = new PostgresChanges(allTables, workplace.scaled(allTables ? TRANSACTIONS : UPDATES));
        changes.write(url);
        Path pipeline = workplace.data(name()).resolve("pipeline.yaml");
        Files.writeString(pipeline, """
                pipeline: changes
                checkpoint: none
                source: { %s, tables: %s, slot: %s, publication: %s, snapshot: never, follow: false }
                sink: { connector: "null" }
                """.formatted(
                        PostgresData.connection(), changes.tables(), SLOT, PostgresChanges.PUBLICATION));
        long all = changes.changes();
        return List.of(
                Contender.java(
                        Contender.OURS,
                        PostgresOurs.class,
                        all,
                        KafkaData.ours(),
                        url,
                        pipeline,
                        all,
                        SLOT,
                        changes.warm(),
                        changes.whole()),
                Contender.java(
                        Contender.CEILING,
                        PostgresRawStream.class,
                        all,
                        KafkaData.ours(),
                        url,
                        changes.warm(),
                        changes.whole(),
                        changes.warmChanges(),
                        all),
                PostgresDebezium.stream(url, changes));
    }
}
