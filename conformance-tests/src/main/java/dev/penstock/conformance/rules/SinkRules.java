package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.Rule;
import java.util.List;
import java.util.stream.Stream;

/** The rules SA: writing at least once. */
public final class SinkRules {
    private SinkRules() {}

    /** All of them, in order. */
    public static List<Rule> all() {
        return Stream.of(
                        UpsertRules.all(),
                        List.of(
                                RejectionRules.accounts(),
                                UnfinishedEpochRules.closing(),
                                SchemaRules.negotiated(),
                                PartialUpdateRules.kept()))
                .flatMap(List::stream)
                .toList();
    }
}
