package dev.penstock.dataflow;

import dev.penstock.spi.config.Problem;

/** Keeps what environment variables hold out of messages: they may be secrets in a setting that is not one. */
final class Unexpanded {
    private Unexpanded() {}

    /** {@code problem} with the texts under {@code value} as they stand in the file. */
    static Problem hide(Problem problem, Tree value) {
        if (value instanceof Tree.Mapping mapping) {
            Problem hidden = problem;
            for (Tree.Entry entry : mapping.entries().values()) {
                hidden = hide(hidden, entry.value());
            }
            return hidden;
        }
        if (value instanceof Tree.Sequence sequence) {
            Problem hidden = problem;
            for (Tree item : sequence.items()) {
                hidden = hide(hidden, item);
            }
            return hidden;
        }
        return value instanceof Tree.Scalar scalar && scalar.unexpanded().isPresent()
                ? replaced(problem, scalar.text(), scalar.unexpanded().get())
                : problem;
    }

    private static Problem replaced(Problem problem, String text, String shown) {
        return new Problem(
                problem.path(),
                problem.code(),
                problem.severity(),
                replaced(problem.reason(), text, shown),
                replaced(problem.remedy(), text, shown));
    }

    private static String replaced(String message, String text, String shown) {
        if (text.isBlank()) {
            return message;
        }
        // Short texts are part of any sentence; only where they are quoted are they surely meant.
        return text.length() < 4 ? message.replace("'" + text + "'", "'" + shown + "'") : message.replace(text, shown);
    }
}
