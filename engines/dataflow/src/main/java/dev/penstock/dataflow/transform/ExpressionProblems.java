package dev.penstock.dataflow.transform;

import dev.penstock.dataflow.expression.ExpressionException;
import dev.penstock.spi.config.Problem;
import java.util.List;

/** Says what is wrong with an expression as problems of a setting. */
final class ExpressionProblems {
    private ExpressionProblems() {}

    static List<Problem> of(String path, ExpressionException exception) {
        return exception.issues().stream()
                .map(issue -> Problem.error(
                        path,
                        Problem.Code.INVALID,
                        (issue.character() == 0 ? "" : "character " + issue.character() + ": ") + issue.reason(),
                        issue.remedy()))
                .toList();
    }
}
