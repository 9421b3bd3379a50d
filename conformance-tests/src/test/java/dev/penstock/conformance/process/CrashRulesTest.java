package dev.penstock.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.conformance.reference.ReferenceFixtures;
import dev.penstock.conformance.rule.Effort;
import dev.penstock.conformance.rule.Outcome;
import dev.penstock.conformance.rule.RuleBook;
import dev.penstock.conformance.rule.RuleResult;
import dev.penstock.conformance.rule.RuleRunner;
import dev.penstock.conformance.rule.RunTerms;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrashRulesTest {
    @ParameterizedTest
    @ValueSource(strings = {"ST-07", "LC-04", "SA-05", "ER-03", "ER-04", "CC-01", "CC-02", "CC-03"})
    void theReferenceKeepsTheRule(String id) {
        RunTerms terms = RunTerms.fromProperties().with(Effort.named(System.getProperty("effort", "quick")));
        try (ReferenceFixtures fixtures = new ReferenceFixtures()) {
            for (RuleResult result : RuleRunner.run(
                    fixtures, terms, RuleBook.matching(id).toArray(new dev.penstock.conformance.rule.Rule[0]))) {
                System.out.println(
                        result.attempt().title() + " " + result.duration().toMillis() + " ms " + result.evidence());
                assertThat(result.outcome()).isInstanceOf(Outcome.Passed.class);
            }
        }
    }
}
