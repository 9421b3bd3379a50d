package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.Rule;
import java.util.List;

/** The rules ST: writing exactly once. */
public final class TransactionRules {
    private TransactionRules() {}

    /** All of them, in order. */
    public static List<Rule> all() {
        return List.of();
    }
}
