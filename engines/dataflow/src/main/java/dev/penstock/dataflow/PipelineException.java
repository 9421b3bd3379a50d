package dev.penstock.dataflow;

import java.util.List;
import java.util.stream.Collectors;

/** A pipeline cannot be read or planned: its author must act. The message has a line for each problem. */
public final class PipelineException extends RuntimeException {
    private final transient List<LocatedProblem> problems;

    /** All that is wrong. */
    public PipelineException(List<LocatedProblem> problems) {
        super(problems.stream().map(LocatedProblem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All that is wrong, in the order in which it is written. */
    public List<LocatedProblem> problems() {
        return problems;
    }
}
