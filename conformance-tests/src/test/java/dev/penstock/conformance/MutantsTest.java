package dev.penstock.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.conformance.mutants.Mutant;
import dev.penstock.conformance.mutants.Mutants;
import dev.penstock.conformance.rule.Attempt;
import dev.penstock.conformance.rule.Effort;
import dev.penstock.conformance.rule.Outcome;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleBook;
import dev.penstock.conformance.rule.RuleResult;
import dev.penstock.conformance.rule.RuleRunner;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.RunTerms;
import dev.penstock.conformance.rule.Tier;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each mutant breaks its rule, with a message that names the rule, and no other rule. */
class MutantsTest {
    private static final int AT_ONCE = 2;

    /** What shows by chance, such as where a kill lands, has to show within so many seeds. */
    private static final int MOST_SEEDS = 6;

    private static final RunTerms TERMS =
            RunTerms.fromProperties().with(Effort.QUICK).withSeed(7).withAttempts(1);

    @TestFactory
    Stream<DynamicTest> mutants() {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        return Mutants.all().stream()
                .map(mutant -> {
                    Future<List<RuleResult>> results = threads.submit(() -> results(mutant));
                    return DynamicTest.dynamicTest(mutant.toString(), () -> check(mutant, results.get()));
                })
                .toList()
                .stream()
                .onClose(threads::shutdownNow);
    }

    private static List<RuleResult> results(Mutant mutant) {
        try (FixtureProvider provider = mutant.fixtures()) {
            List<RuleResult> results = results(mutant, provider, TERMS, rules(mutant));
            List<Rule> own = rules(mutant).stream()
                    .filter(rule -> rule.id().equals(mutant.rule()))
                    .toList();
            for (int more = 1; more < MOST_SEEDS && results.stream().noneMatch(MutantsTest::isBroken); more++) {
                results = results(mutant, provider, TERMS.withSeed(TERMS.seed() + more), own);
            }
            return results;
        }
    }

    private static List<RuleResult> results(Mutant mutant, FixtureProvider provider, RunTerms terms, List<Rule> rules) {
        RuleRunner runner = new RuleRunner(provider, terms);
        return runner.attempts(rules).stream()
                .filter(attempt -> isTried(attempt, mutant))
                .map(attempt -> tried(runner, attempt, mutant))
                .toList();
    }

    private static boolean isBroken(RuleResult result) {
        return result.outcome().broken();
    }

    /** Another rule that breaks is tried once more: whether rules are flaky is not what is tested here. */
    private static RuleResult tried(RuleRunner runner, Attempt attempt, Mutant mutant) {
        RuleResult result = runner.run(attempt);
        boolean unexpected = result.outcome().broken() && !result.rule().id().equals(mutant.rule());
        return unexpected ? runner.run(attempt) : result;
    }

    /** What needs no faults and no kills, and the rule itself. */
    private static List<Rule> rules(Mutant mutant) {
        return RuleBook.rules().stream()
                .filter(rule -> rule.tier().compareTo(Tier.T1) <= 0 || rule.id().equals(mutant.rule()))
                .toList();
    }

    /** Pipelines on one engine are enough to see whether a rule notices. */
    private static boolean isTried(Attempt attempt, Mutant mutant) {
        return attempt.engine()
                .map(engine ->
                        engine.name().equals("kit") && attempt.rule().id().equals(mutant.rule()))
                .orElse(true);
    }

    private static void check(Mutant mutant, List<RuleResult> results) {
        List<RuleResult> broken = results.stream().filter(MutantsTest::isBroken).toList();
        assertThat(broken)
                .as("what %s breaks", mutant)
                .isNotEmpty()
                .allSatisfy(result -> assertThat(result.rule().id())
                        .as(result.toString() + "\n" + result.outcome())
                        .isEqualTo(mutant.rule()));
        assertThat(broken).extracting(RuleResult::outcome).allSatisfy(outcome -> {
            Outcome.Failed failed = (Outcome.Failed) outcome;
            assertThat(failed.message()).startsWith(mutant.rule() + " ").contains("\ncheck: ");
            assertThat(failed.cause()).isInstanceOf(RuleViolation.class);
        });
    }
}
