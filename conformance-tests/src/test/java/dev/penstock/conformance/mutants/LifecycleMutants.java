package dev.penstock.conformance.mutants;

import java.util.List;

/** Mutants of the rules of lifecycle. */
final class LifecycleMutants {
    private LifecycleMutants() {}

    static List<Mutant> all() {
        return List.of();
    }
}
