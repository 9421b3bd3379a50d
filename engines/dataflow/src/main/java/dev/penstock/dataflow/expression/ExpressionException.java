package dev.penstock.dataflow.expression;

import java.util.List;
import java.util.stream.Collectors;

/** An expression that does not fit the columns it is to be used on. */
public final class ExpressionException extends RuntimeException {
    private final transient List<Issue> issues;

    /** All that is wrong. */
    public ExpressionException(List<Issue> issues) {
        super(issues.stream().map(Issue::toString).collect(Collectors.joining("; ")));
        this.issues = List.copyOf(issues);
    }

    /** All that is wrong, in the order of the text. */
    public List<Issue> issues() {
        return issues;
    }

    /**
     * One thing that is wrong.
     *
     * @param character where in the expression, from 1; 0 for the whole
     * @param reason what is wrong, without a full stop
     * @param remedy what to do, or the empty string
     */
    public record Issue(int character, String reason, String remedy) {
        @Override
        public String toString() {
            return (character == 0 ? "" : "character " + character + ": ")
                    + reason
                    + (remedy.isEmpty() ? "" : "; " + remedy);
        }
    }
}
