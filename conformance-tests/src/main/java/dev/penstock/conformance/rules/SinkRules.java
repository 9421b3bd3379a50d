package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.Rule;
import java.util.List;

/** The rules SA: writing at least once. */
public final class SinkRules {
    private SinkRules() {}

    /** All of them, in order. */
    public static List<Rule> all() {
        return List.of();
    }
}
