package dev.penstock.conformance.rule;

import java.time.Duration;
import java.util.List;

/**
 * What came of an attempt.
 *
 * @param attempt what was tried
 * @param outcome what became of it
 * @param duration how long it took, fixture included
 * @param evidence lines that the check noted, in order
 */
public record RuleResult(Attempt attempt, Outcome outcome, Duration duration, List<String> evidence) {
    public RuleResult {
        evidence = List.copyOf(evidence);
    }

    /** The rule. */
    public Rule rule() {
        return attempt.rule();
    }

    /** Whether a required rule does not hold. */
    public boolean broken() {
        return rule().required() && outcome.broken();
    }

    @Override
    public String toString() {
        return attempt.title() + " -> " + outcome.word();
    }
}
