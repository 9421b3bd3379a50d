package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.Rule;
import java.util.List;

/** The rules SD: which partitions there are. */
public final class DiscoveryRules {
    private DiscoveryRules() {}

    /** All of them, in order. */
    public static List<Rule> all() {
        return List.of();
    }
}
