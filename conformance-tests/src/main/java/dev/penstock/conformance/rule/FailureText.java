package dev.penstock.conformance.rule;

/** How a failure reads: the rule, what was seen, how to see it again, and where to look. */
final class FailureText {
    private static final String UNEXPECTED = "the stack trace: a connector throws ConnectorException alone, and a rule "
            + "that could not be tried counts as broken";

    private FailureText() {}

    static String of(Attempt attempt, RunTerms terms, Throwable thrown) {
        String seen = thrown instanceof RuleViolation violation ? violation.seen() : "it threw " + thrown;
        String check = thrown instanceof RuleViolation violation ? violation.check() : UNEXPECTED;
        return attempt.rule().id() + " " + attempt.rule().sentence() + ": " + seen + "\n"
                + "as a " + attempt.role()
                + attempt.engine().map(engine -> " on engine " + engine.name()).orElse("") + ", seed " + terms.seed()
                + "; replay: -D" + RunTerms.SEED + "=" + terms.seed() + " -D" + RunTerms.EFFORT + "="
                + terms.effort().title() + "\n"
                + "check: " + check;
    }
}
