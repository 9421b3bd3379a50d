package dev.penstock.conformance.rule;

import static java.util.Objects.requireNonNull;

import dev.penstock.conformance.engine.TestedEngine;
import dev.penstock.spi.Role;
import java.util.Optional;

/**
 * One rule, to be tried in one role, and on one engine if it is tried on engines.
 *
 * @param rule what is tried
 * @param role as what the connector is tried
 * @param engine what pipelines run on
 */
public record Attempt(Rule rule, Role role, Optional<TestedEngine> engine) {
    public Attempt {
        requireNonNull(rule, "rule");
        requireNonNull(role, "role");
    }

    /** For people, for example {@code SP-02 source on embedded: …}. */
    public String title() {
        return rule.id() + " " + role + engine.map(on -> " on " + on.name()).orElse("") + ": " + rule.sentence();
    }
}
