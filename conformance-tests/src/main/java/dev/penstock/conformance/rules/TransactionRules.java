package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.Rule;
import java.util.List;
import java.util.stream.Stream;

/** The rules ST: writing exactly once. */
public final class TransactionRules {
    private TransactionRules() {}

    /** All of them, in order. */
    public static List<Rule> all() {
        return Stream.of( //
                        VisibilityRules.all(), //
                        CommitRules.all())
                .flatMap(List::stream)
                .toList();
    }
}
