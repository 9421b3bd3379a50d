package dev.penstock.cli;

import dev.penstock.conformance.FixtureProvider;
import dev.penstock.conformance.report.Badge;
import dev.penstock.conformance.report.ConformanceReport;
import dev.penstock.conformance.report.ReportDirectory;
import dev.penstock.conformance.rule.Attempt;
import dev.penstock.conformance.rule.ConformanceRun;
import dev.penstock.conformance.rule.Effort;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleBook;
import dev.penstock.conformance.rule.RuleResult;
import dev.penstock.conformance.rule.RunTerms;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tries the rules of the conformance kit on a connector. */
@Command(
        name = "conform",
        description = {
            "Show which promises a connector keeps.",
            "Runs the numbered rules of the conformance kit against a real system that the fixture starts or reaches:"
                    + " settings and packaging first (T0), then the system in order (T1),"
                    + " behind network faults (T2), and"
                    + " with processes that are killed (T3). A tier begins only if no rule of the one before failed."
        },
        footer = {
            "",
            "Example:",
            "  penstock conform reference                              the kit's own connector, to see how it looks",
            "  penstock conform orders --fixture orders-fixture.jar    one that is installed in connectors/orders",
            "  penstock conform orders --fixture orders-fixture.jar --rule SP-02 --seed 17    one failure, once more",
            "  penstock conform orders --fixture orders-fixture.jar --effort full --report ./report    for a badge",
            "",
            "A fixture is a jar with an implementation of dev.penstock.conformance.FixtureProvider, named in",
            "META-INF/services; it starts or reaches the system, and looks into it from the other side.",
            "Exit codes: 0 every rule that was tried holds, 1 one is broken or flaky, 2 bad usage."
        })
final class ConformCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Parameters(
            index = "0",
            paramLabel = "CONNECTOR",
            description = "A name that 'penstock connectors' lists, or 'reference'.")
    @SuppressWarnings("NullAway.Init") // set by picocli
    private String connector;

    @Option(names = "--fixture", paramLabel = "JAR", description = "The fixture, and what it needs; may be repeated.")
    private List<Path> fixtures = List.of();

    @Option(names = "--role", paramLabel = "ROLE", description = "Try it as ${COMPLETION-CANDIDATES} alone.")
    private Optional<Role> role = Optional.empty();

    @Option(names = "--rule", paramLabel = "RULES", description = "Rules to try: SP-02, or SP-*,ST-05. Default: all.")
    private String rules = "*";

    @Option(names = "--tier", paramLabel = "TIER", description = "The last tier to try. Default: T3.")
    private Tier tier = Tier.T3;

    @Option(names = "--effort", paramLabel = "EFFORT", description = "quick, default or full. Badges need full.")
    private String effort = "default";

    @Option(names = "--seed", paramLabel = "N", description = "What chance starts from, to see a failure again.")
    private Optional<Long> seed = Optional.empty();

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Write conformance.json, conformance.html and the badges there.")
    private Optional<Path> report = Optional.empty();

    ConformCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        List<Rule> chosen = rules();
        RunTerms terms = terms();
        try (FixtureProvider provider = new ConformanceFixtures(surroundings, connector, fixtures).provider(role)) {
            ConformanceRun run = new ConformanceRun(provider, terms, chosen);
            tryOut(run);
            ConformanceReport shown = ConformanceReport.of(provider, terms, run);
            report.ifPresent(directory -> {
                ReportDirectory.write(directory, shown, run.results());
                ReportDirectory.writeSettings(directory, provider);
            });
            return conclude(run, shown);
        }
    }

    private List<Rule> rules() {
        try {
            return RuleBook.matching(rules).stream()
                    .filter(rule -> rule.tier().compareTo(tier) <= 0)
                    .toList();
        } catch (IllegalArgumentException e) {
            throw new ConfigException("--rule", Problem.Code.UNKNOWN, String.valueOf(e.getMessage()), "");
        }
    }

    private RunTerms terms() {
        try {
            RunTerms terms = RunTerms.fromProperties().with(Effort.named(effort));
            return seed.map(terms::withSeed).orElse(terms);
        } catch (IllegalArgumentException e) {
            throw new ConfigException("--effort", Problem.Code.NOT_ALLOWED, String.valueOf(e.getMessage()), "");
        }
    }

    private void tryOut(ConformanceRun run) {
        RuleProgress progress = new RuleProgress(surroundings, run.attempts().size());
        for (Attempt attempt : run.attempts()) {
            progress.begin(attempt);
            progress.end(run.run(attempt));
        }
        progress.close();
    }

    private int conclude(ConformanceRun run, ConformanceReport shown) {
        long broken = run.results().stream().filter(RuleResult::broken).count();
        surroundings.out().println();
        for (Badge badge : Badge.of(shown)) {
            String before = badge.blockers().isEmpty() ? "" : "; before the next level: " + first(badge.blockers());
            surroundings.out().println(badge.text() + before);
        }
        report.ifPresent(directory -> surroundings.out().println("Report: " + directory.resolve(ReportDirectory.PAGE)));
        surroundings.out().println("Time: " + shown.tierTimes().text());
        surroundings
                .out()
                .println(run.results().size() + " tried, "
                        + (broken == 0 ? "none broken" : broken + " broken") + ", seed "
                        + shown.terms().seed());
        return broken == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static String first(List<String> blockers) {
        return blockers.size() <= 3
                ? String.join(", ", blockers)
                : String.join(", ", blockers.subList(0, 3)) + " and " + (blockers.size() - 3) + " more";
    }
}
