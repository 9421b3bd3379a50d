package dev.penstock.conformance;

import dev.penstock.conformance.report.ConformanceReport;
import dev.penstock.conformance.report.ReportDirectory;
import dev.penstock.conformance.rule.Attempt;
import dev.penstock.conformance.rule.ConformanceRun;
import dev.penstock.conformance.rule.Outcome;
import dev.penstock.conformance.rule.RuleBook;
import dev.penstock.conformance.rule.RuleResult;
import dev.penstock.conformance.rule.RunTerms;
import dev.penstock.conformance.rule.Waivers;
import dev.penstock.spi.Role;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * What the author of a connector extends: every rule that the connector promises to keep becomes a test, named by the
 * rule's id and sentence.
 *
 * <pre>{@code
 * final class OrdersConformanceTest extends ConnectorConformance {
 *     @Override
 *     protected FixtureProvider provider() {
 *         return new OrdersFixtures();
 *     }
 * }
 * }</pre>
 *
 * <p>Rules run tier by tier; a rule that does not concern the connector, that its fixture cannot try, or that comes
 * after a tier that failed, is aborted and says why. At the end the report is written to
 * {@code target/penstock-conformance/<connector>/<roles>}; system property {@value #REPORT} names another place.
 *
 * <p>System properties: {@value RunTerms#SEED}, {@value RunTerms#EFFORT} and {@value RuleBook#ONLY}, which names rules:
 * {@code SP-02} or {@code SP-*,ST-05}.
 */
public abstract class ConnectorConformance {
    /** Names the directory of reports. */
    public static final String REPORT = "penstock.conformance.report";

    /** Makes the fixtures; asked once, and closed after the last rule. */
    protected abstract FixtureProvider provider();

    /** Every rule, as a test that is made when it is about to run. */
    @TestFactory
    Stream<DynamicTest> rules() {
        FixtureProvider provider = provider();
        RunTerms terms = RunTerms.fromProperties().with(waivers());
        ConformanceRun run = new ConformanceRun(provider, terms, RuleBook.chosen());
        Stream<DynamicTest> rules = run.attempts().stream()
                .map(attempt -> DynamicTest.dynamicTest(attempt.title(), () -> tryOut(run, attempt)));
        DynamicTest waivers = DynamicTest.dynamicTest(
                "Waivers name rules that are broken, and have not expired",
                () -> Waivers.check(terms.waivers(), run.results(), LocalDate.now(Clock.systemUTC())));
        DynamicTest report = DynamicTest.dynamicTest("The report is written", () -> write(provider, terms, run));
        return Stream.concat(rules, Stream.of(waivers, report)).onClose(provider::close);
    }

    private List<Outcome.Waiver> waivers() {
        return Arrays.stream(getClass().getAnnotationsByType(Waiver.class))
                .map(waiver -> new Outcome.Waiver(waiver.rule(), waiver.reason(), LocalDate.parse(waiver.expires())))
                .toList();
    }

    private static void tryOut(ConformanceRun run, Attempt attempt) {
        RuleResult result = run.run(attempt);
        Outcome outcome = result.outcome();
        if (outcome instanceof Outcome.Failed failed) {
            end(result, failed.message(), failed.cause());
        } else if (outcome instanceof Outcome.Flaky flaky) {
            end(
                    result,
                    flaky.word() + "\n" + flaky.failure().message(),
                    flaky.failure().cause());
        } else if (outcome instanceof Outcome.Skipped skipped) {
            Assumptions.abort(outcome.word() + ": " + skipped.detail());
        } else if (outcome instanceof Outcome.Waived waived) {
            Assumptions.abort("waived until " + waived.waiver().expires() + ": "
                    + waived.waiver().reason() + "\n" + waived.failure().message());
        }
    }

    private static void end(RuleResult result, String message, Throwable cause) {
        if (result.broken()) {
            throw new AssertionError(message, cause);
        }
        Assumptions.abort("advice: " + message);
    }

    private static void write(FixtureProvider provider, RunTerms terms, ConformanceRun run) {
        Path directory = Path.of(System.getProperty(REPORT, "target/penstock-conformance"))
                .resolve(provider.connector())
                .resolve(roles(provider));
        ConformanceReport report = ConformanceReport.of(provider, terms, run);
        ReportDirectory.write(directory, report, run.results());
        ReportDirectory.writeSettings(directory, provider);
        System.out.println(provider.connector() + " " + roles(provider) + ", "
                + terms.effort().title() + " effort: " + report.tierTimes().text() + "; "
                + directory.resolve(ReportDirectory.PAGE));
    }

    /** Two tests of one connector, each in a role of its own, keep apart. */
    private static String roles(FixtureProvider provider) {
        return provider.roles().stream().sorted().map(Role::toString).collect(Collectors.joining("-"));
    }
}
