package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.Rule;
import java.util.List;

/** The rules SP: reading a partition. */
public final class SourceRules {
    private SourceRules() {}

    /** All of them, in order. */
    public static List<Rule> all() {
        return List.of();
    }
}
