package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The rows that are in a table to nowhere, beside the bare COPY with as many connections and Debezium. */
final class PostgresSnapshotBenchmark implements Benchmark {
    private static final long ROWS = 10_000_000;
    /** What Debezium reads, as it is slower, and what others warm up with. Rows a second are compared. */
    private static final int SHARE = 10;

    private static final String SLOT = "bench_snapshot";

    @Override
    public String name() {
        return "postgres-snapshot";
    }

    @Override
    public String unit() {
        return "rows/s";
    }

    @Override
    public List<Contender> prepare(Workplace workplace) throws IOException {
        String url = PostgresData.server().url();
        long rows = workplace.scaled(ROWS);
        long few = Math.max(1, rows / SHARE);
        String table = PostgresData.orders(rows);
        String small = PostgresData.orders(few);
        Path pipeline = workplace.data(name()).resolve("pipeline.yaml");
        Files.writeString(pipeline, """
                pipeline: snapshot
                checkpoint: none
                source: { %s, tables: public.%s, slot: %s, follow: false, snapshot-connections: %d }
                sink: { connector: "null" }
                """.formatted(PostgresData.connection(), table, SLOT, PostgresData.CONNECTIONS));
        return List.of(
                Contender.java(
                        Contender.OURS,
                        PostgresOurs.class,
                        rows,
                        KafkaData.ours(),
                        url,
                        pipeline,
                        rows,
                        SLOT,
                        PostgresSlot.NONE,
                        PostgresSlot.NONE,
                        "source.tables=public." + small),
                Contender.java(
                        Contender.CEILING, PostgresRawCopy.class, rows, KafkaData.ours(), url, small, table, rows),
                PostgresDebezium.snapshot(url, small, few));
    }
}
