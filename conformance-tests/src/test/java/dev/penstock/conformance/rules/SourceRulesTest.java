package dev.penstock.conformance.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.conformance.reference.ReferenceFixtures;
import dev.penstock.conformance.rule.Effort;
import dev.penstock.conformance.rule.Outcome;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleResult;
import dev.penstock.conformance.rule.RuleRunner;
import dev.penstock.conformance.rule.RunTerms;
import dev.penstock.conformance.rule.Tier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The reference source keeps the rules of sources. */
final class SourceRulesTest {
    static List<Rule> rules() {
        return Stream.of(DiscoveryRules.all(), SourceRules.all(), ErrorRules.all())
                .flatMap(List::stream)
                .filter(rule -> rule.tier() != Tier.T3 || !rule.onEngines())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void theReferenceKeeps(Rule rule) {
        try (ReferenceFixtures fixtures = new ReferenceFixtures()) {
            List<RuleResult> results = RuleRunner.run(
                    fixtures, RunTerms.fromProperties().with(Effort.QUICK).withAttempts(1), rule);
            assertThat(results)
                    .extracting(RuleResult::outcome)
                    .allSatisfy(outcome -> assertThat(outcome).isInstanceOf(Outcome.Passed.class));
        }
    }
}
