package dev.penstock.conformance.rule;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.Capability;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * One numbered promise of connectors, and how it is tried.
 *
 * @param id two letters, a hyphen and two digits, for example {@code SP-02}
 * @param sentence what holds, for people
 * @param tier what trying it needs
 * @param role the role that it is a promise of; empty if of every role, and then tried once for each
 * @param needs the capabilities without which there is no such promise
 * @param required whether breaking it fails; otherwise it is reported only
 * @param onEngines whether it is tried on each engine, see {@link Trial#engine}
 * @param alone whether it looks at what the whole process holds, so that no other rule may run meanwhile
 * @param check how it is tried
 */
public record Rule(
        String id,
        String sentence,
        Tier tier,
        Optional<Role> role,
        Set<Capability> needs,
        boolean required,
        boolean onEngines,
        boolean alone,
        Check check) {
    public Rule {
        requireNonNull(sentence, "sentence");
        needs = Set.copyOf(needs);
        requireNonNull(check, "check");
        Group.of(id);
    }

    /** A required rule of every role, on no engine, without needs. */
    public static Rule of(String id, Tier tier, String sentence, Check check) {
        return new Rule(id, sentence, tier, Optional.empty(), Set.of(), true, false, false, check);
    }

    /** The same rule as a promise of {@code newRole} alone. */
    public Rule of(Role newRole) {
        return new Rule(id, sentence, tier, Optional.of(newRole), needs, required, onEngines, alone, check);
    }

    /** The same rule for connectors that declare all of {@code wanted}. */
    public Rule needing(Capability... wanted) {
        Set<Capability> all = EnumSet.noneOf(Capability.class);
        all.addAll(Arrays.asList(wanted));
        return new Rule(id, sentence, tier, role, all, required, onEngines, alone, check);
    }

    /** The same rule, reported and never failed. */
    public Rule advice() {
        return new Rule(id, sentence, tier, role, needs, false, onEngines, alone, check);
    }

    /** The same rule, tried once on each engine. */
    public Rule onEachEngine() {
        return new Rule(id, sentence, tier, role, needs, required, true, alone, check);
    }

    /** The same rule, tried while no other rule runs in this process. */
    public Rule whileAlone() {
        return new Rule(id, sentence, tier, role, needs, required, onEngines, true, check);
    }

    /** What it is about. */
    public Group group() {
        return Group.of(id);
    }

    /** Whether {@code connector} in {@code as} makes this promise. */
    public boolean appliesTo(ConnectorDescriptor connector, Role as) {
        return role.map(as::equals).orElse(true) && connector.capabilities().containsAll(needs);
    }
}
