package dev.penstock.conformance.rule;

import dev.penstock.conformance.rules.ConcurrencyRules;
import dev.penstock.conformance.rules.ConfigurationRules;
import dev.penstock.conformance.rules.CrashRules;
import dev.penstock.conformance.rules.DiscoveryRules;
import dev.penstock.conformance.rules.ErrorRules;
import dev.penstock.conformance.rules.HandoverRules;
import dev.penstock.conformance.rules.LifecycleRules;
import dev.penstock.conformance.rules.LossyNetworkRules;
import dev.penstock.conformance.rules.SinkRules;
import dev.penstock.conformance.rules.SourceRules;
import dev.penstock.conformance.rules.TransactionRules;
import dev.penstock.conformance.rules.TransformRules;
import java.util.Comparator;
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
                    LossyNetworkRules.all(),
                    CrashRules.all(),
                    TransactionRules.all(),
                    HandoverRules.all(),
                    ErrorRules.all(),
                    ConcurrencyRules.all(),
                    TransformRules.all())
            .flatMap(List::stream)
            .sorted(Comparator.comparing(Rule::group).thenComparing(Rule::id))
            .toList();

    /** Names rules, with {@code *} for any ending, divided by commas. */
    public static final String ONLY = "penstock.conformance.rules";

    private RuleBook() {}

    /** All rules, in the order in which they run. */
    public static List<Rule> rules() {
        return RULES;
    }

    /** The rules that the system property {@value #ONLY} names; all if it is not set. */
    public static List<Rule> chosen() {
        return matching(System.getProperty(ONLY, "*"));
    }

    /**
     * The rules that {@code patterns} name.
     *
     * @param patterns ids, with {@code *} for any ending, divided by commas: {@code SP-02,ST-*}
     * @throws IllegalArgumentException if one of them names no rule
     */
    public static List<Rule> matching(String patterns) {
        List<String> wanted = List.of(patterns.strip().split("\\s*,\\s*"));
        for (String pattern : wanted) {
            if (RULES.stream().noneMatch(rule -> matches(rule, pattern))) {
                throw new IllegalArgumentException("Cannot try rule '" + pattern
                        + "': there is none; use an id such as SP-02, or SP-* for a group");
            }
        }
        return RULES.stream()
                .filter(rule -> wanted.stream().anyMatch(pattern -> matches(rule, pattern)))
                .toList();
    }

    private static boolean matches(Rule rule, String pattern) {
        return pattern.endsWith("*")
                ? rule.id().startsWith(pattern.substring(0, pattern.length() - 1))
                : rule.id().equals(pattern);
    }
}
