package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.Rule;
import java.util.List;

/** The rules CC: threads. */
public final class ConcurrencyRules {
    private ConcurrencyRules() {}

    /** All of them, in order. */
    public static List<Rule> all() {
        return List.of();
    }
}
