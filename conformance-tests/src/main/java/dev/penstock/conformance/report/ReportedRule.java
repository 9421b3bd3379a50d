package dev.penstock.conformance.report;

import dev.penstock.conformance.rule.Attempt;
import dev.penstock.conformance.rule.Outcome;
import dev.penstock.conformance.rule.RuleResult;

/**
 * What came of one rule in one role and on one engine.
 *
 * @param id of the rule
 * @param sentence of the rule
 * @param tier {@code T0} to {@code T3}
 * @param role in which it was tried
 * @param engine on which it was tried; empty if on none
 * @param required whether breaking it fails
 * @param outcome {@code pass}, {@code fail}, {@code skipped(capability)}, {@code skipped(hook)}, {@code skipped(tier)},
 *     {@code waived} or {@code flaky(n of m)}
 * @param detail what was seen, or why it was not tried
 * @param seconds how long it took
 * @param evidence the file with what the rule noted, next to the report; empty if it noted nothing
 */
public record ReportedRule(
        String id,
        String sentence,
        String tier,
        String role,
        String engine,
        boolean required,
        String outcome,
        String detail,
        double seconds,
        String evidence) {
    static ReportedRule of(RuleResult result) {
        Attempt attempt = result.attempt();
        return new ReportedRule(
                result.rule().id(),
                result.rule().sentence(),
                result.rule().tier().name(),
                attempt.role().toString(),
                attempt.engine().map(engine -> engine.name()).orElse(""),
                result.rule().required(),
                result.outcome().word(),
                detail(result.outcome()),
                result.duration().toMillis() / 1000.0,
                result.evidence().isEmpty() ? "" : evidenceFile(attempt));
    }

    /** Where the evidence of an attempt is written, next to the report. */
    static String evidenceFile(Attempt attempt) {
        String engine = attempt.engine().map(on -> "-" + on.name()).orElse("");
        return "evidence/" + attempt.rule().id() + "-" + attempt.role() + engine + ".txt";
    }

    private static String detail(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.message();
        } else if (outcome instanceof Outcome.Flaky flaky) {
            return flaky.failure().message();
        } else if (outcome instanceof Outcome.Skipped skipped) {
            return skipped.detail();
        } else if (outcome instanceof Outcome.Waived waived) {
            return "until " + waived.waiver().expires() + ": " + waived.waiver().reason() + "\n"
                    + waived.failure().message();
        }
        return "";
    }

    boolean passed() {
        return outcome.equals("pass");
    }

    /** Whether nothing speaks against a badge: it holds, does not concern the connector, or is advice alone. */
    boolean good() {
        return passed() || outcome.equals("skipped(capability)") || !required;
    }

    /** For people: {@code SP-02 fail}. */
    String brief() {
        return id + (engine.isEmpty() ? "" : " on " + engine) + " " + outcome;
    }
}
