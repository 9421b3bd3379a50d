package dev.penstock.connector.files.conformance;

import dev.penstock.conformance.rule.Effort;
import dev.penstock.conformance.rule.Outcome;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleBook;
import dev.penstock.conformance.rule.RuleResult;
import dev.penstock.conformance.rule.RuleRunner;
import dev.penstock.conformance.rule.RunTerms;
import dev.penstock.conformance.rule.Tier;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
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
            for (RuleResult result : results) {
                if (result.outcome() instanceof Outcome.Failed failed) {
                    throw new AssertionError(failed.message(), failed.cause());
                }
            }
        }
    }
}
