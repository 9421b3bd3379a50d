package dev.penstock.conformance.rule;

import static java.util.Objects.requireNonNull;

import dev.penstock.conformance.FixtureProvider;
import dev.penstock.spi.Role;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All rules for one connector, tier by tier: a tier of a role is begun only if no rule of a tier before it failed.
 *
 * <p><b>Order of calls:</b> {@link #run} of each of {@link #attempts} in their order. <b>Threads:</b> one.
 */
public final class ConformanceRun {
    private final RuleRunner runner;
    private final List<Attempt> attempts;
    private final Map<Attempt, RuleResult> results = new LinkedHashMap<>();
    private final Map<Role, RuleResult> firstFailures = new EnumMap<>(Role.class);

    /** Tries {@code rules} with fixtures of {@code provider}, which the caller closes. */
    public ConformanceRun(FixtureProvider provider, RunTerms terms, List<Rule> rules) {
        this.runner = new RuleRunner(requireNonNull(provider, "provider"), requireNonNull(terms, "terms"));
        this.attempts = runner.attempts(
                rules.stream().sorted(Comparator.comparing(Rule::tier)).toList());
    }

    /** What there is to try, in the order to try it: by tier, and in it in the order of rules. */
    public List<Attempt> attempts() {
        return attempts;
    }

    /** Tries one, unless a tier before it failed. */
    public RuleResult run(Attempt attempt) {
        RuleResult failure = firstFailures.get(attempt.role());
        RuleResult result = failure != null
                        && failure.rule().tier().compareTo(attempt.rule().tier()) < 0
                ? new RuleResult(
                        attempt,
                        new Outcome.Skipped(Outcome.Reason.TIER, failure.rule().id()),
                        Duration.ZERO,
                        List.of())
                : runner.run(attempt);
        results.put(attempt, result);
        if (result.broken()) {
            firstFailures.putIfAbsent(attempt.role(), result);
        }
        return result;
    }

    /** What came of all that were tried so far, in the order in which they were. */
    public List<RuleResult> results() {
        return List.copyOf(results.values());
    }
}
