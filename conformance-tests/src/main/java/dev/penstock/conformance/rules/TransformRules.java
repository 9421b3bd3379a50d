package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.spi.Capability;
import dev.penstock.spi.Role;
import java.util.List;
import java.util.stream.Stream;

/** The rules EM: transforms, above all those that make vectors of texts. */
public final class TransformRules {
    private TransformRules() {}

    /** All of them, in order. */
    public static List<Rule> all() {
        return Stream.of(rows(), texts(), resources())
                .flatMap(List::stream)
                .map(rule -> rule.of(Role.TRANSFORM))
                .toList();
    }

    private static List<Rule> rows() {
        return List.of(
                Rule.of(
                        "EM-01",
                        Tier.T1,
                        "What comes out of a row stays with it, and its other columns are untouched",
                        TransformRowRules::rowsBelongTogether),
                Rule.of(
                                "EM-02",
                                Tier.T1,
                                "A row becomes the same in every batch, on every thread and after a restart",
                                TransformRowRules::theBatchDoesNotMatter)
                        .needing(Capability.DETERMINISTIC));
    }

    private static List<Rule> texts() {
        return List.of(
                Rule.of(
                        "EM-03",
                        Tier.T1,
                        "Vectors have the declared size and length, no element that is "
                                + "no number, and name their model",
                        TransformTextRules::vectorsAreAsDeclared),
                Rule.of(
                        "EM-04",
                        Tier.T1,
                        "Absent, empty, odd and huge texts and deletes have a defined result and shift nothing",
                        TransformTextRules::oddTextsAreDefined));
    }

    private static List<Rule> resources() {
        return List.of(
                Rule.of(
                                "EM-05",
                                Tier.T1,
                                "Native memory stays steady over batches and over opening and closing",
                                TransformResourceRules::nativeMemoryStaysSteady)
                        .whileAlone(),
                Rule.of(
                        "EM-06",
                        Tier.T1,
                        "Files that cannot work are refused at open, by name",
                        TransformResourceRules::brokenFilesAreNamed));
    }
}
