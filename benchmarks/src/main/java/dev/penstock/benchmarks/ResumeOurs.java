package dev.penstock.benchmarks;

import java.io.IOException;
import java.nio.file.Path;

/** Restarts the pipeline on a copy of its state, and gives the row of one more event. */
final class ResumeOurs {
    private ResumeOurs() {}

    public static void main(String[] arguments) throws IOException {
        Path made = Path.of(arguments[0]);
        int keys = Integer.parseInt(arguments[1]);
        Path state = made.resolveSibling("resumed");
        ResumeData.copy(made, state);
        KeptCounts counts = new KeptCounts(keys);
        Measured measured = Measured.start();
        counts.run(state, keys + 1L);
        measured.print(1);
        counts.expect(2);
    }
}
