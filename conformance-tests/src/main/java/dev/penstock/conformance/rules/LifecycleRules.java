package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.Rule;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The rules LC: opening, closing, packaging. */
public final class LifecycleRules {
    private LifecycleRules() {}

    /** All of them, in order. */
    public static List<Rule> all() {
        return Stream.of(
                        OrderRules.all(),
                        CloseRules.all(),
                        LeakRules.all(),
                        FreeingRules.all(),
                        LoaderRules.all(),
                        PackagingRules.all(),
                        ProvisionRules.all())
                .flatMap(List::stream)
                .sorted(Comparator.comparing(Rule::id))
                .toList();
    }
}
