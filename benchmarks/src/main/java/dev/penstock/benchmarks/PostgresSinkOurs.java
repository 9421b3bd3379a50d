package dev.penstock.benchmarks;

import java.nio.file.Path;
import java.util.List;

/** Writes to a table by a pipeline file in this JVM: first with the override that warms up, then whole. */
final class PostgresSinkOurs {
    private PostgresSinkOurs() {}

    /** Arguments: the server, whether there is a key, the file, its rows, those of the warm-up and their override. */
    public static void main(String[] arguments) {
        String url = arguments[0];
        PostgresTarget target = PostgresTarget.of(Boolean.parseBoolean(arguments[1]));
        Path pipeline = Path.of(arguments[2]);
        long rows = Long.parseLong(arguments[3]);
        target.create(url, Long.parseLong(arguments[4]));
        PipelineRun.execute(pipeline, List.of(arguments[5]), "warm-" + target.table());
        target.create(url, rows);
        Measured measured = Measured.start();
        PipelineRun.execute(pipeline, List.of(), "whole-" + target.table());
        measured.print(rows);
        target.verify(url, rows);
    }
}
