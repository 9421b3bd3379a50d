package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.Rule;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The rules CF: settings, descriptors and what is promised in them. */
public final class ConfigurationRules {
    private ConfigurationRules() {}

    /** All of them, in order. */
    public static List<Rule> all() {
        return Stream.of(
                        DescriptorRules.all(),
                        SpecRules.all(),
                        RefusalRules.all(),
                        SecretRules.all(),
                        CompatibilityRules.all(),
                        ClaimRules.all(),
                        CapabilityRules.all())
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Rule::id))
                .toList();
    }
}
