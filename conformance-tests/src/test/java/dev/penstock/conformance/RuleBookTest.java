package dev.penstock.conformance;

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
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The list of rules, the rules and the mutants belong together, one to one. */
class RuleBookTest {
    /** Rules of the list that may lack a rule or a mutant still: this set shrinks and never grows. */
    private static final Set<String> MISSING = Set.of(
            "CF-01", "CF-02", "CF-03", "CF-04", "CF-05", "CF-06", "CF-07", "CF-08", "CF-09", "LC-01", "LC-02", "LC-03",
            "LC-04", "LC-05", "LC-06", "LC-07", "LC-08", "SD-01", "SD-02", "SD-03", "SD-04", "SD-05", "SD-06", "SP-01",
            "SP-02", "SP-03", "SP-04", "SP-05", "SP-06", "SP-07", "SP-08", "SP-09", "SP-10", "SP-11", "SP-12", "SP-13",
            "SP-14", "SA-01", "SA-02", "SA-05", "ST-03", "ST-05", "ST-07", "ST-08", "ST-12", "ER-01", "ER-03", "ER-04",
            "CC-01", "CC-02", "CC-03");

    private static final List<String> LISTED = listed();

    private static List<String> listed() {
        try (InputStream in = RuleBookTest.class.getResourceAsStream("/rule-ids.txt")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void everyRuleOfTheListIsInTheBookAndNoOther() {
        assertThat(RuleBook.rules().stream().map(Rule::id).distinct())
                .isSubsetOf(LISTED)
                .containsAll(expected());
    }

    @Test
    void everyRuleHasExactlyOneMutant() {
        assertThat(Mutants.all().stream().map(Mutant::rule))
                .doesNotHaveDuplicates()
                .isSubsetOf(LISTED)
                .containsAll(expected());
    }

    private static Set<String> expected() {
        Set<String> expected = new TreeSet<>(LISTED);
        expected.removeAll(MISSING);
        return expected;
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
