package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.Rule;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The rules SP: reading a partition. */
public final class SourceRules {
    private SourceRules() {}

    /** All of them, in order. */
    public static List<Rule> all() {
        return Stream.of(
                        SourcePollRules.all(),
                        SourcePaceRules.all(),
                        SourceResumeRules.all(),
                        SourceStateRules.all(),
                        SourceCrashRules.all(),
                        SourceReleaseRules.all(),
                        SourceOrderRules.all(),
                        SourceTableRules.all(),
                        SourceTypeRules.all())
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Rule::id))
                .toList();
    }
}
