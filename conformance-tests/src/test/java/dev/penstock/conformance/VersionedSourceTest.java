package dev.penstock.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.conformance.mutants.Mutant;
import dev.penstock.conformance.mutants.Mutants;
import dev.penstock.conformance.reference.MemoryConnector;
import dev.penstock.conformance.rule.Effort;
import dev.penstock.conformance.rule.Outcome;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleBook;
import dev.penstock.conformance.rule.RuleResult;
import dev.penstock.conformance.rule.RuleRunner;
import dev.penstock.conformance.rule.RunTerms;
import dev.penstock.spi.Connector;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link SourceSide#versioned} changes about rules lets nothing pass that they are about. */
final class VersionedSourceTest {
    /** The rules that ask. */
    private static final Set<String> RULES = Set.of("SD-01", "SP-01", "SP-03", "SP-12");

    private static List<Outcome> outcomes(Connector connector, boolean growing, Set<String> ids) {
        Rule[] rules = RuleBook.rules().stream()
                .filter(rule -> ids.contains(rule.id()))
                .toArray(Rule[]::new);
        try (VersionedFixtures fixtures = new VersionedFixtures(connector, growing)) {
            RunTerms terms =
                    RunTerms.fromProperties().with(Effort.QUICK).withSeed(7).withAttempts(1);
            return RuleRunner.run(fixtures, terms, rules).stream()
                    .map(RuleResult::outcome)
                    .toList();
        }
    }

    @Test
    void aSourceThatReadsVersionsKeepsTheRules() {
        assertThat(outcomes(new MemoryConnector(), false, RULES))
                .hasSizeGreaterThan(RULES.size())
                .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Passed.class));
    }

    @Test
    void aSourceWhosePartitionsGrowDoesNotPassAsOneThatReadsVersions() {
        assertThat(outcomes(new MemoryConnector(), true, Set.of("SD-01")))
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Failed.class,
                        failed -> assertThat(failed.message()).contains("is one too many", "SourceSide.versioned"));
    }

    static Stream<Mutant> mutants() {
        return Mutants.all().stream().filter(mutant -> RULES.contains(mutant.rule()));
    }

    @ParameterizedTest
    @MethodSource("mutants")
    void aMutantStillBreaksItsRule(Mutant mutant) {
        assertThat(outcomes(mutant.create(), false, Set.of(mutant.rule())))
                .hasAtLeastOneElementOfType(Outcome.Failed.class);
    }
}
