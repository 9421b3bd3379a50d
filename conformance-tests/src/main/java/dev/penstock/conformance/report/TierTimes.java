package dev.penstock.conformance.report;

import dev.penstock.conformance.rule.Tier;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How long the rules of each tier took together, in seconds; a tier in which nothing was tried is left out.
 *
 * @param seconds by tier
 */
public record TierTimes(Map<Tier, Double> seconds) {
    /** What a build waits for each time. */
    private static final Set<Tier> PLAIN = Set.of(Tier.T0, Tier.T1);

    public TierTimes {
        seconds = Map.copyOf(seconds);
    }

    static TierTimes of(List<ReportedRule> rules) {
        Map<Tier, Double> seconds = new EnumMap<>(Tier.class);
        rules.forEach(rule -> seconds.merge(Tier.valueOf(rule.tier()), rule.seconds(), Double::sum));
        seconds.values().removeIf(each -> each == 0);
        return new TierTimes(seconds);
    }

    /** For people: {@code T0 1.2 s, T1 24.0 s, T2 8.1 s, T3 12.9 s; T0 and T1 25.2 s, all 46.2 s}. */
    public String text() {
        String each = Arrays.stream(Tier.values())
                .filter(seconds::containsKey)
                .map(tier -> tier + " " + text(Set.of(tier)))
                .collect(Collectors.joining(", "));
        return each + "; T0 and T1 " + text(PLAIN) + ", all " + text(seconds.keySet());
    }

    private String text(Set<Tier> tiers) {
        double sum = tiers.stream()
                .mapToDouble(tier -> seconds.getOrDefault(tier, 0.0))
                .sum();
        return String.format(Locale.ROOT, "%.1f s", sum);
    }
}
