package dev.penstock.benchmarks;

import dev.penstock.engine.embedded.RunReport;
import java.nio.file.Path;
import java.util.List;

/** Runs a pipeline file in this JVM: first with the overrides that warm up, then whole, as a pipeline that is new. */
final class KafkaOurs {
    private static final int FIXED = 3;

    private KafkaOurs() {}

    /** Arguments: the file, the units of work, the rows that must have been read, and the overrides of the warm-up. */
    public static void main(String[] arguments) {
        Path pipeline = Path.of(arguments[0]);
        long rows = Long.parseLong(arguments[2]);
        PipelineRun.execute(pipeline, List.of(arguments).subList(FIXED, arguments.length), "warm");
        Measured measured = Measured.start();
        RunReport report = PipelineRun.execute(pipeline, List.of(), "whole");
        measured.print(Long.parseLong(arguments[1]));
        if (report.totals().rows() != rows) {
            throw new IllegalStateException("read " + report.totals().rows() + " rows of " + rows);
        }
    }
}
