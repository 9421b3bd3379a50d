package dev.penstock.benchmarks;

import dev.penstock.engine.embedded.RunReport;
import java.nio.file.Path;
import java.util.List;

/** Reads changes or what is there by a pipeline file in this JVM: first with the overrides that warm up, then whole. */
final class PostgresOurs {
    private static final int FIXED = 6;

    private PostgresOurs() {}

    /**
     * Arguments: the server, the file, the rows that must have been read, the slot that the file names, the slots that
     * it is a copy of when warming up and whole, and the overrides of the warm-up.
     */
    public static void main(String[] arguments) {
        String url = arguments[0];
        Path pipeline = Path.of(arguments[1]);
        long rows = Long.parseLong(arguments[2]);
        String slot = arguments[3];
        try (PostgresSlot warm = PostgresSlot.copy(url, arguments[4], slot)) {
            PipelineRun.execute(pipeline, List.of(arguments).subList(FIXED, arguments.length), "warm-" + warm.name());
        }
        try (PostgresSlot whole = PostgresSlot.copy(url, arguments[5], slot)) {
            Measured measured = Measured.start();
            RunReport report = PipelineRun.execute(pipeline, List.of(), "whole-" + whole.name());
            measured.print(rows);
            if (report.totals().rows() != rows) {
                throw new IllegalStateException("read " + report.totals().rows() + " rows of " + rows);
            }
        }
    }
}
