package dev.penstock.dataflow;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.config.Problem;

/**
 * Something that is wrong with a pipeline, and where it is written.
 *
 * @param file the pipeline file as it was named, {@code --set} for an override, or the empty string
 * @param line counted from 1, or 0 if there is none
 * @param problem what is wrong
 */
public record LocatedProblem(String file, int line, Problem problem) {
    public LocatedProblem {
        requireNonNull(file, "file");
        requireNonNull(problem, "problem");
    }

    /** Whether this stops the pipeline. */
    public boolean isError() {
        return problem.isError();
    }

    /** One line for people: {@code pipeline.yaml:12: sinks.0.uri: is missing; give it}. */
    @Override
    public String toString() {
        String place = file.isEmpty() ? "" : file + (line > 0 ? ":" + line : "") + ": ";
        return place + problem;
    }
}
