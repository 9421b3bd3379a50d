package dev.penstock.conformance.rule;

import static java.util.Objects.requireNonNull;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.Variant;
import dev.penstock.conformance.engine.KitContext;
import dev.penstock.conformance.engine.TestedEngine;
import dev.penstock.spi.Connector;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Role;
import dev.penstock.spi.config.Config;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;

/**
 * One attempt at one rule: what it may use.
 *
 * <p><b>Threads:</b> any; {@link #random} belongs to the thread that runs the check.
 */
public final class Trial {
    private final Fixture fixture;
    private final Terms terms;
    private final Random random;

    /** An attempt with {@code fixture}, which the caller closes. */
    public Trial(Fixture fixture, Terms terms) {
        this.fixture = requireNonNull(fixture, "fixture");
        this.terms = requireNonNull(terms, "terms");
        this.random = new Random(terms.seed);
    }

    /** The outside system. */
    public Fixture fixture() {
        return fixture;
    }

    /** The connector under test. */
    public Connector connector() {
        return fixture.connector();
    }

    /** The role that it is tried in. */
    public Role role() {
        return terms.role;
    }

    /** What makes a failure happen again; printed with it. */
    public long seed() {
        return terms.seed;
    }

    /** Chance, from the seed. */
    public Random random() {
        return random;
    }

    /** How hard to try. */
    public Effort effort() {
        return terms.effort;
    }

    /** An empty directory; removed afterwards. */
    public Path directory() {
        return terms.directory;
    }

    /** The engine to run on; only of a rule that is tried {@linkplain Rule#onEngines on engines}. */
    public TestedEngine engine() {
        return terms.engine.orElseThrow(() -> new IllegalStateException("The rule is not tried on engines"));
    }

    /** What to open a part of the connector with: the first incarnation of one step. */
    public ConnectorContext context() {
        return context(role().toString(), 1);
    }

    /** What to open a part of the connector with: an incarnation of a step. */
    public ConnectorContext context(String stepId, long generation) {
        return new KitContext("conformance", stepId, generation, directory());
    }

    /** Adds a line to the evidence in the report. */
    public void note(String line) {
        terms.evidence.accept(line);
    }

    /** The settings as a pipeline file would say them, straight to the system. */
    public Map<String, Object> settings() {
        return settings(Variant.VALID, fixture.endpoint())
                .orElseThrow(() -> new IllegalStateException("The fixture has no valid settings for a " + role()));
    }

    /** The settings of a variant, if it can happen. */
    public Optional<Map<String, Object>> settings(Variant variant, Optional<InetSocketAddress> endpoint) {
        return fixture.settings(role(), variant, endpoint);
    }

    /** Settings as the connector gets them. */
    public Config config(Map<String, Object> settings) {
        return connector()
                .descriptor()
                .spec(role())
                .orElseThrow()
                .parse(settings)
                .orThrow()
                .in(directory());
    }

    /** The valid settings as the connector gets them. */
    public Config config() {
        return config(settings());
    }

    /**
     * What an attempt is given.
     *
     * @param role the role that is tried
     * @param seed what chance starts from
     * @param effort how hard to try
     * @param directory empty
     * @param engine the engine, if the rule is tried on engines
     * @param evidence takes lines for the report
     */
    public record Terms(
            Role role,
            long seed,
            Effort effort,
            Path directory,
            Optional<TestedEngine> engine,
            Consumer<String> evidence) {}
}
