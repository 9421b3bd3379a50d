package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.Rule;
import java.util.List;

/** The rules LC: opening, closing, loading and packing. */
public final class LifecycleRules {
    private LifecycleRules() {}

    /** All of them, in order. */
    public static List<Rule> all() {
        return List.of();
    }
}
