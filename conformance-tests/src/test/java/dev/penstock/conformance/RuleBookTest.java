package dev.penstock.conformance;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.conformance.mutants.Mutant;
import dev.penstock.conformance.mutants.Mutants;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleBook;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The list of rules, the rules and the mutants belong together, one to one. */
class RuleBookTest {
    private static final List<String> LISTED = lines("/rule-ids.txt");

    private static List<String> lines(String resource) {
        try (InputStream in = RuleBookTest.class.getResourceAsStream(resource)) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyRuleOfTheListIsInTheBookAndNoOther() {
        assertThat(RuleBook.rules().stream().map(Rule::id).distinct()).containsExactlyInAnyOrderElementsOf(LISTED);
    }

    @Test
    void everyRuleHasAMutantAndNotTwoInOneRole() {
        assertThat(Mutants.all())
                .map(mutant -> mutant.rule() + " " + mutant.role())
                .doesNotHaveDuplicates();
        assertThat(Mutants.all().stream().map(Mutant::rule).distinct()).containsExactlyInAnyOrderElementsOf(LISTED);
    }

    /** A rule has one mutant, or one in each of the roles that are listed; a new one is listed before it counts. */
    @Test
    void theMutantsAreThoseOfTheListOneForOne() {
        assertThat(Mutants.all())
                .map(mutant -> mutant.rule() + " " + mutant.role())
                .containsExactlyInAnyOrderElementsOf(lines("/mutants.txt"));
        assertThat(Mutants.all().stream().collect(groupingBy(Mutant::connector, mapping(Mutant::rule, toSet()))))
                .allSatisfy(
                        (type, rules) -> assertThat(rules).as(type.getName()).hasSize(1));
    }

    @Test
    void aMutantBreaksItsRuleInARoleThatTheRuleIsAbout() {
        assertThat(Mutants.all())
                .allMatch(mutant -> RuleBook.matching(mutant.rule()).stream()
                        .anyMatch(rule -> rule.role().map(mutant.role()::equals).orElse(true)));
    }

    @Test
    void everySentenceIsASentenceWithoutItsFullStop() {
        assertThat(RuleBook.rules())
                .allSatisfy(rule -> assertThat(rule.sentence())
                        .as(rule.id())
                        .matches("\\p{Lu}.{15,}[^.\\s]")
                        .contains(" "));
    }
}
