package dev.penstock.conformance.rule;

import dev.penstock.conformance.rules.ConcurrencyRules;
import dev.penstock.conformance.rules.ConfigurationRules;
import dev.penstock.conformance.rules.DiscoveryRules;
import dev.penstock.conformance.rules.ErrorRules;
import dev.penstock.conformance.rules.LifecycleRules;
import dev.penstock.conformance.rules.SinkRules;
import dev.penstock.conformance.rules.SourceRules;
import dev.penstock.conformance.rules.TransactionRules;
import dev.penstock.conformance.rules.TransformRules;
import java.util.List;
import java.util.stream.Stream;

/** All rules, in the order in which they run. */
public final class RuleBook {
    private static final List<Rule> RULES = Stream.of(
                    ConfigurationRules.all(),
                    LifecycleRules.all(),
                    DiscoveryRules.all(),
                    SourceRules.all(),
                    SinkRules.all(),
                    TransactionRules.all(),
                    ErrorRules.all(),
                    ConcurrencyRules.all(),
                    TransformRules.all())
            .flatMap(List::stream)
            .toList();

    private RuleBook() {}

    /** All rules, in the order in which they run. */
    public static List<Rule> rules() {
        return RULES;
    }
}
