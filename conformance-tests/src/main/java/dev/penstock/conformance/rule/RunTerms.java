package dev.penstock.conformance.rule;

import static java.util.Objects.requireNonNull;

import dev.penstock.conformance.engine.TestedEngine;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.random.RandomGenerator;

/**
 * How a run of rules is made.
 *
 * @param seed what chance starts from in every rule
 * @param effort how hard rules try
 * @param attempts how often a rule that failed is tried in all, to tell what is broken from what is flaky
 * @param engines what rules about pipelines are tried on
 * @param waivers what is known to be broken
 */
public record RunTerms(
        long seed, Effort effort, int attempts, List<TestedEngine> engines, List<Outcome.Waiver> waivers) {
    /** The seed that a build starts from, so that it says the same today and tomorrow. */
    private static final long FIRST_SEED = 1;

    /** Names a seed, to see a failure again, or {@code random} to look for new ones. */
    public static final String SEED = "penstock.conformance.seed";
    /** Names an effort: {@code quick}, {@code default} or {@code full}. */
    public static final String EFFORT = "penstock.conformance.effort";

    public RunTerms {
        requireNonNull(effort, "effort");
        engines = List.copyOf(engines);
        waivers = List.copyOf(waivers);
    }

    /** What the system properties say, all engines on the class path, no waivers, three attempts at what failed. */
    public static RunTerms fromProperties() {
        List<TestedEngine> engines =
                ServiceLoader.load(TestedEngine.class, TestedEngine.class.getClassLoader()).stream()
                        .map(ServiceLoader.Provider::get)
                        .toList();
        Effort effort = Effort.named(System.getProperty(EFFORT, "default"));
        return new RunTerms(chosen(System.getProperty(SEED, "")), effort, 3, engines, List.of());
    }

    private static long chosen(String seed) {
        if (seed.equals("random")) {
            return RandomGenerator.getDefault().nextLong(1_000_000_000);
        }
        return seed.isEmpty() ? FIRST_SEED : Long.parseLong(seed);
    }

    /** The same with another effort. */
    public RunTerms with(Effort newEffort) {
        return new RunTerms(seed, newEffort, attempts, engines, waivers);
    }

    /** The same from another seed. */
    public RunTerms withSeed(long newSeed) {
        return new RunTerms(newSeed, effort, attempts, engines, waivers);
    }

    /** The same where a rule that failed is tried so often in all. */
    public RunTerms withAttempts(int newAttempts) {
        return new RunTerms(seed, effort, newAttempts, engines, waivers);
    }

    /** The same with what is known to be broken. */
    public RunTerms with(List<Outcome.Waiver> newWaivers) {
        return new RunTerms(seed, effort, attempts, engines, newWaivers);
    }

    /** The longest that an attempt at {@code rule} may take. */
    Duration deadline(Rule rule) {
        long seconds = switch (rule.tier()) {
            case T0, T1 -> 60;
            case T2 -> 120;
            case T3 -> 300;
        };
        return Duration.ofSeconds(effort.equals(Effort.FULL) ? 4 * seconds : seconds);
    }
}
