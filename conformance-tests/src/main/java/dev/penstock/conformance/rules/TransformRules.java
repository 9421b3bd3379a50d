package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.Rule;
import java.util.List;

/** The rules EM: transforms that make vectors of texts. */
public final class TransformRules {
    private TransformRules() {}

    /** All of them, in order. */
    public static List<Rule> all() {
        return List.of();
    }
}
