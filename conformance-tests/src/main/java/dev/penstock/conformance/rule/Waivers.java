package dev.penstock.conformance.rule;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What is to be said of waivers once the rules have been tried. */
public final class Waivers {
    private Waivers() {}

    /** What is wrong with them, a line each: those that have expired, and those whose rule is not broken. */
    public static List<String> problems(List<Outcome.Waiver> waivers, List<RuleResult> results, LocalDate today) {
        List<String> problems = new ArrayList<>();
        for (Outcome.Waiver waiver : waivers) {
            if (waiver.expires().isBefore(today)) {
                problems.add("the waiver of " + waiver.rule() + " expired on " + waiver.expires()
                        + "; mend the connector, or say why and until when once more");
            } else if (results.stream().noneMatch(result -> uses(result, waiver))) {
                problems.add("the waiver of " + waiver.rule()
                        + " has no failure to waive; remove it, the rule was not broken");
            }
        }
        return problems;
    }

    /** Throws if something is wrong with them. */
    public static void check(List<Outcome.Waiver> waivers, List<RuleResult> results, LocalDate today) {
        List<String> problems = problems(waivers, results, today);
        if (!problems.isEmpty()) {
            throw new AssertionError(String.join("\n", problems));
        }
    }

    private static boolean uses(RuleResult result, Outcome.Waiver waiver) {
        return result.outcome() instanceof Outcome.Waived waived
                && waived.waiver().equals(waiver);
    }
}
