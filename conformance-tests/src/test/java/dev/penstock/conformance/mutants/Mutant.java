package dev.penstock.conformance.mutants;

import dev.penstock.conformance.FixtureProvider;
import dev.penstock.conformance.OneRole;
import dev.penstock.conformance.reference.ReferenceFixtures;
import dev.penstock.conformance.reference.WordVectorsFixtures;
import dev.penstock.spi.Connector;
import dev.penstock.spi.Role;

/**
 * A connector that breaks one rule and keeps all others.
 *
 * @param rule the id of the rule
 * @param role in which it breaks it
 * @param connector a public class with a public constructor without parameters
 */
public record Mutant(String rule, Role role, Class<? extends Connector> connector) {
    /** Fixtures of it, in the role in which it is a mutant. */
    public FixtureProvider fixtures() {
        return new OneRole(
                role == Role.TRANSFORM ? new WordVectorsFixtures(create()) : new ReferenceFixtures(create()), role);
    }

    /** One more of it. */
    public Connector create() {
        try {
            return connector.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return rule + " " + role + " broken by " + connector.getSimpleName();
    }
}
