package dev.penstock.connector.files.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.conformance.rule.Effort;
import dev.penstock.conformance.rule.Outcome;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleBook;
import dev.penstock.conformance.rule.RuleResult;
import dev.penstock.conformance.rule.RuleRunner;
import dev.penstock.conformance.rule.RunTerms;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.connector.files.FilesConnector;
import dev.penstock.spi.Role;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * What rows look like in files changes how they become visible: each layout keeps the rules of writing, and the file
 * that grows, whose commit is no rename, those about crashes too.
 */
final class SinkLayoutsTest {
    private static final String WRITING = "SA-*,ST-*,ER-02";

    @TestFactory
    Stream<DynamicTest> eachLayoutKeepsTheRulesOfWriting() {
        return Arrays.stream(SinkLayout.values())
                .filter(layout -> layout != SinkLayout.PARTS)
                .flatMap(layout -> rules(layout)
                        .map(rule -> DynamicTest.dynamicTest(
                                layout + " " + rule.id() + " " + rule.sentence(), () -> tryOut(layout, rule))));
    }

    private static Stream<Rule> rules(SinkLayout layout) {
        return RuleBook.matching(WRITING).stream()
                .filter(rule -> rule.tier() != Tier.T3 || layout == SinkLayout.ONE_FILE);
    }

    private static void tryOut(SinkLayout layout, Rule rule) {
        try (FileSinkFixtures fixtures = new FileSinkFixtures(layout)) {
            RunTerms terms = RunTerms.fromProperties().with(Effort.QUICK);
            List<RuleResult> results = RuleRunner.run(fixtures, terms, rule);
            assertThat(results).hasSize(rule.onEngines() ? terms.engines().size() : 1);
            assertThat(results)
                    .allSatisfy(result -> assertThat(result.outcome())
                            .as(result.toString() + "\n" + result.outcome())
                            .isInstanceOf(isPromised(rule) ? Outcome.Passed.class : Outcome.Skipped.class));
        }
    }

    private static boolean isPromised(Rule rule) {
        return rule.appliesTo(new FilesConnector().descriptor(), Role.SINK);
    }

    /** Both are about upserts. */
    @Test
    void whatTheSinkDoesNotPromiseIsKnown() {
        assertThat(RuleBook.matching(WRITING).stream()
                        .filter(rule -> !isPromised(rule))
                        .map(Rule::id))
                .containsExactly("SA-03", "SA-04", "SA-09");
    }
}
