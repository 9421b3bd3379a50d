package dev.penstock.conformance.mutants;

import java.util.List;

/** Mutants of the rules of configuration. */
final class ConfigurationMutants {
    private ConfigurationMutants() {}

    static List<Mutant> all() {
        return List.of();
    }
}
