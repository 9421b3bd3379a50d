package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.Rule;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The rules ER: bad rows and failures. */
public final class ErrorRules {
    private ErrorRules() {}

    /** All of them, in order. */
    public static List<Rule> all() {
        return Stream.of(SourceErrorRules.all(), List.of(RejectionRules.neighbours()), FailureRules.all())
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Rule::id))
                .toList();
    }
}
