package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Generated rows, a computed column, a filter, and nothing: what the engine itself costs. */
final class EngineBenchmark implements Benchmark {
    /** About half of the rows pass. */
    static final double THRESHOLD = 100_000_000.0;

    private static final long ROWS = 600_000_000;
    private static final List<String> HEAP = List.of("-Xmx1g", "-XX:+UseSerialGC");
    private static final List<String> FLINK = List.of(
            "-Xmx2g",
            "-XX:+UseSerialGC",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");

    @Override
    public String name() {
        return "engine";
    }

    @Override
    public String unit() {
        return "rows/s";
    }

    /** The value of row {@code id}: the same numbers for every contender. */
    static double value(long id) {
        return ((id * 0x9E3779B97F4A7C15L) >>> 11) * 0x1.0p-53;
    }

    @Override
    public List<Contender> prepare(Workplace workplace) throws IOException {
        long rows = workplace.scaled(ROWS);
        Path pipeline = workplace.data(name()).resolve("pipeline.yaml");
        Files.writeString(pipeline, """
                pipeline: engine
                checkpoint: none
                source: { connector: generate, rows: 1 }
                transforms:
                  - compute: { total: "value * 1.5 + double(id)" }
                  - filter: "total > %s"
                sink: { connector: "null" }
                """.formatted(THRESHOLD));
        return List.of(
                Contender.java(Contender.OURS, EngineOurs.class, rows, HEAP, pipeline, rows),
                Contender.java(Contender.CEILING, EngineHandLoop.class, rows, HEAP, rows),
                Contender.java("flink", EngineFlink.class, rows, FLINK, rows / 10));
    }
}
