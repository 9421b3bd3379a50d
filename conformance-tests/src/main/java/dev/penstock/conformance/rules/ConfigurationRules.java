package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.Rule;
import java.util.List;

/** The rules CF: settings, descriptors and what is promised in them. */
public final class ConfigurationRules {
    private ConfigurationRules() {}

    /** All of them, in order. */
    public static List<Rule> all() {
        return List.of();
    }
}
