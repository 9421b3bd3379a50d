package dev.penstock.conformance.rule;

import java.util.Arrays;
import java.util.List;

/** How a failure reads: the rule, what was seen, how to see it again, and where to look. */
final class FailureText {
    private static final String UNEXPECTED = "the lines above: a connector throws ConnectorException alone, and a rule "
            + "that could not be tried counts as broken";

    private static final int FRAMES = 10;

    private FailureText() {}

    static String of(Attempt attempt, RunTerms terms, Throwable thrown) {
        String seen = thrown instanceof RuleViolation violation ? violation.seen() : "it threw " + stack(thrown);
        String check = thrown instanceof RuleViolation violation ? violation.check() : UNEXPECTED;
        return attempt.rule().id() + " " + attempt.rule().sentence() + ": " + seen + "\n"
                + "as a " + attempt.role()
                + attempt.engine().map(engine -> " on engine " + engine.name()).orElse("") + ", seed " + terms.seed()
                + "\n"
                + replay(attempt.rule(), terms) + "\n"
                + "check: " + check;
    }

    /** Both ways to run rules. */
    private static String replay(Rule rule, RunTerms terms) {
        String effort = terms.effort().title();
        return "replay: -D" + RuleBook.ONLY + "=" + rule.id() + " -D" + RunTerms.SEED + "=" + terms.seed() + " -D"
                + RunTerms.EFFORT + "=" + effort + "\n"
                + "or penstock conform with --rule " + rule.id() + " --seed " + terms.seed() + " --effort " + effort;
    }

    /** The first lines, of what was thrown and of what it was caused by: some see the message alone. */
    private static String stack(Throwable thrown) {
        StringBuilder text = new StringBuilder(thrown.toString());
        for (StackTraceElement frame : first(thrown)) {
            text.append("\n  at ").append(frame);
        }
        Throwable cause = thrown.getCause();
        return cause == null || cause == thrown ? text.toString() : text + "\ncaused by " + stack(cause);
    }

    private static List<StackTraceElement> first(Throwable thrown) {
        return Arrays.stream(thrown.getStackTrace()).limit(FRAMES).toList();
    }
}
