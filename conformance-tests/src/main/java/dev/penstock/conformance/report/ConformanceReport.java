package dev.penstock.conformance.report;

import dev.penstock.conformance.FixtureProvider;
import dev.penstock.conformance.rule.ConformanceRun;
import dev.penstock.conformance.rule.Effort;
import dev.penstock.conformance.rule.RuleBook;
import dev.penstock.conformance.rule.RunTerms;
import dev.penstock.spi.Connector;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

/**
 * What a run of the rules has shown, complete enough to compute the badges from it and nothing else.
 *
 * @param kit what tested
 * @param product what was tested
 * @param system the outside system and its version
 * @param host where
 * @param terms how
 * @param rules what came of each rule
 */
public record ConformanceReport(
        Kit kit, Product product, String system, Host host, Terms terms, List<ReportedRule> rules) {
    public ConformanceReport {
        rules = List.copyOf(rules);
    }

    /** A report on all that {@code run} has tried; opens one fixture to see what the connector is. */
    public static ConformanceReport of(FixtureProvider provider, RunTerms terms, ConformanceRun run) {
        List<ReportedRule> rules = run.results().stream().map(ReportedRule::of).toList();
        boolean complete = run.attempts().stream()
                .map(attempt -> attempt.rule().id())
                .toList()
                .containsAll(RuleBook.rules().stream()
                        .filter(rule ->
                                rule.role().map(provider.roles()::contains).orElse(true))
                        .map(rule -> rule.id())
                        .toList());
        return new ConformanceReport(
                Kit.current(),
                ProductLookup.of(provider),
                provider.system(),
                Host.current(),
                Terms.of(terms, run, complete),
                rules);
    }

    /** The engines that some rule was tried on, sorted. */
    public List<String> engines() {
        return rules.stream()
                .map(ReportedRule::engine)
                .filter(engine -> !engine.isEmpty())
                .distinct()
                .sorted()
                .toList();
    }

    /** How long each tier took. */
    public TierTimes tierTimes() {
        return TierTimes.of(rules);
    }

    /** The roles that some rule was tried in, sorted. */
    public List<String> roles() {
        return rules.stream().map(ReportedRule::role).distinct().sorted().toList();
    }

    /**
     * What tested.
     *
     * @param version of the kit
     * @param spi the version of the connector SPI
     */
    public record Kit(String version, String spi) {
        static Kit current() {
            return new Kit(version(Kit.class), version(Connector.class));
        }

        private static String version(Class<?> type) {
            return Objects.requireNonNullElse(type.getPackage().getImplementationVersion(), "unpacked");
        }
    }

    /**
     * What was tested.
     *
     * @param connector its name
     * @param version its version
     * @param coordinates {@code group:artifact:version}, as far as its jar tells; else the name of its class
     * @param jar the name of its jar
     * @param sha256 of its jar, hexadecimal
     * @param capabilities what it declares, sorted
     */
    public record Product(
            String connector,
            String version,
            String coordinates,
            String jar,
            String sha256,
            List<String> capabilities) {
        public Product {
            capabilities = List.copyOf(capabilities);
        }
    }

    /**
     * Where it was tested.
     *
     * @param os the operating system and its version
     * @param architecture of the processor
     * @param java the version of the JVM
     * @param processors how many the JVM could use
     */
    public record Host(String os, String architecture, String java, int processors) {
        static Host current() {
            return new Host(
                    System.getProperty("os.name") + " " + System.getProperty("os.version"),
                    System.getProperty("os.arch"),
                    Runtime.version().toString(),
                    Runtime.getRuntime().availableProcessors());
        }
    }

    /**
     * How it was tested.
     *
     * @param started when
     * @param seconds how long all rules took together
     * @param seed what chance started from
     * @param effort {@code quick}, {@code default}, {@code full} or {@code own}
     * @param complete whether no rule of the kit was left out
     */
    public record Terms(Instant started, double seconds, long seed, String effort, boolean complete) {
        static Terms of(RunTerms terms, ConformanceRun run, boolean complete) {
            Duration took =
                    run.results().stream().map(result -> result.duration()).reduce(Duration.ZERO, Duration::plus);
            Instant started = Instant.now().minus(took).truncatedTo(ChronoUnit.SECONDS);
            return new Terms(
                    started,
                    took.toMillis() / 1000.0,
                    terms.seed(),
                    terms.effort().title(),
                    complete);
        }

        /** Whether this was tried as hard as a badge asks for. */
        public boolean enoughForBadges() {
            return complete && effort.equals(Effort.FULL.title());
        }
    }
}
