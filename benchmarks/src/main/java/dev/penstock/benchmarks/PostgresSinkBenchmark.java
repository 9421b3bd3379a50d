package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Generated rows into a table, exactly once at 1 s: added, beside COPY in binary of rows that were made before, and
 * inserted or updated by key, beside batches of JDBC.
 */
record PostgresSinkBenchmark(boolean upserts) implements Benchmark {
    private static final long ROWS = 5_000_000;
    private static final long UPSERTS = 2_000_000;
    /** What JDBC writes, as it is slower, and what the others warm up with. */
    private static final int SHARE = 4;

    @Override
    public String name() {
        return upserts ? "postgres-sink-upsert" : "postgres-sink";
    }

    @Override
    public String unit() {
        return "rows/s";
    }

    @Override
    public List<Contender> prepare(Workplace workplace) throws IOException {
        String url = PostgresData.server().url();
        long rows = workplace.scaled(upserts ? UPSERTS : ROWS);
        long few = Math.max(1, rows / SHARE);
        Path pipeline = workplace.data(name()).resolve("pipeline.yaml");
        Files.writeString(pipeline, """
                pipeline: sink
                checkpoint: { interval: 1s, state: ./state }
                source: { connector: generate, rows: %d, columns: { id: sequence, name: string, amount: float64, paid: boolean, created: timestamp } }
                %s
                sink: { %s, table: public.%s, %s }
                """.formatted(
                        rows,
                        upserts ? "transforms: [ { compute: { id: \"" + PostgresTarget.key("id") + "\" } } ]" : "",
                        PostgresData.connection(),
                        PostgresTarget.of(upserts).table(),
                        upserts ? "mode: upsert, key: [id]" : "mode: append"));
        Contender ours = Contender.java(
                Contender.OURS,
                PostgresSinkOurs.class,
                rows,
                KafkaData.ours(),
                url,
                upserts,
                pipeline,
                rows,
                few,
                "source.rows=" + few);
        Class<?> other = upserts ? PostgresRawUpserts.class : PostgresRawCopyIn.class;
        long work = upserts ? few : rows;
        return List.of(
                ours,
                Contender.java(upserts ? "jdbc" : Contender.CEILING, other, work, KafkaData.ours(), url, few, work));
    }
}
