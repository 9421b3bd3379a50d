package dev.penstock.conformance.rule;

import static java.util.Objects.requireNonNull;

import dev.penstock.conformance.Fixture;
import dev.penstock.conformance.FixtureProvider;
import dev.penstock.conformance.MissingHook;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tries single rules with fixtures of one connector: each attempt has a fixture and an empty directory of its own, a
 * seed and a deadline.
 *
 * <p><b>Threads:</b> any; attempts may run at once, except those of rules that are tried {@linkplain Rule#alone alone}.
 */
public final class RuleRunner {
    private static final AtomicInteger PLACES = new AtomicInteger();

    /** Fair, so that a rule that is tried alone has its turn. */
    private static final ReadWriteLock PROCESS = new ReentrantReadWriteLock(true);

    private final FixtureProvider provider;
    private final RunTerms terms;

    /** Tries rules with fixtures of {@code provider}, which the caller closes. */
    public RuleRunner(FixtureProvider provider, RunTerms terms) {
        this.provider = requireNonNull(provider, "provider");
        this.terms = requireNonNull(terms, "terms");
    }

    /** Tries {@code rules} in order, each in every role and on every engine that it is about, whatever fails. */
    public static List<RuleResult> run(FixtureProvider provider, RunTerms terms, Rule... rules) {
        RuleRunner runner = new RuleRunner(provider, terms);
        return runner.attempts(Arrays.asList(rules)).stream().map(runner::run).toList();
    }

    /** The attempts that {@code rules} come to, in the order of rules. */
    public List<Attempt> attempts(List<Rule> rules) {
        return rules.stream()
                .flatMap(rule -> new TreeSet<>(provider.roles())
                        .stream()
                                .filter(role -> rule.role().map(role::equals).orElse(true))
                                .flatMap(role -> rule.onEngines()
                                        ? terms.engines().stream()
                                                .map(engine -> new Attempt(rule, role, Optional.of(engine)))
                                        : Stream.of(new Attempt(rule, role, Optional.empty()))))
                .toList();
    }

    /** Tries a rule, again if it failed and the terms say so. */
    public RuleResult run(Attempt attempt) {
        RuleResult first = once(attempt);
        if (!(first.outcome() instanceof Outcome.Failed failure)) {
            return first;
        }
        int passed = 0;
        for (int count = 1; count < terms.attempts(); count++) {
            passed += once(attempt).outcome() instanceof Outcome.Passed ? 1 : 0;
        }
        Outcome outcome = passed > 0 ? new Outcome.Flaky(passed, terms.attempts(), failure) : failure;
        return new RuleResult(attempt, waived(attempt.rule(), outcome, failure), first.duration(), first.evidence());
    }

    private Outcome waived(Rule rule, Outcome outcome, Outcome.Failed failure) {
        return terms.waivers().stream()
                .filter(waiver -> waiver.rule().equals(rule.id()))
                .<Outcome>map(waiver -> new Outcome.Waived(waiver, failure))
                .findFirst()
                .orElse(outcome);
    }

    private RuleResult once(Attempt attempt) {
        Lock turn = attempt.rule().alone() ? PROCESS.writeLock() : PROCESS.readLock();
        turn.lock();
        try {
            long start = System.nanoTime();
            List<String> evidence = new CopyOnWriteArrayList<>();
            Outcome outcome = outcome(attempt, evidence);
            return new RuleResult(attempt, outcome, Duration.ofNanos(System.nanoTime() - start), evidence);
        } finally {
            turn.unlock();
        }
    }

    private Outcome outcome(Attempt attempt, List<String> evidence) {
        try {
            Rule rule = attempt.rule();
            return DeadlineThread.run("rule-" + rule.id(), terms.deadline(rule), () -> tryOut(attempt, evidence))
                    .map(thrown -> outcome(attempt, thrown))
                    .orElseGet(Outcome.Passed::new);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return outcome(attempt, e);
        }
    }

    private void tryOut(Attempt attempt, List<String> evidence) throws Exception {
        Path directory = Directories.create();
        String place = "rule-" + Long.toString(System.nanoTime(), 36) + "-" + PLACES.incrementAndGet();
        try (Fixture fixture = provider.fixture(place, Directories.child(directory, "fixture"))) {
            ConnectorDescriptor descriptor = fixture.connector().descriptor();
            checkRole(descriptor, attempt.role());
            if (!attempt.rule().appliesTo(descriptor, attempt.role())) {
                throw new NotConcerned(missing(attempt.rule(), descriptor));
            }
            attempt.rule()
                    .check()
                    .run(new Trial(
                            fixture,
                            new Trial.Terms(
                                    attempt.role(),
                                    terms.seed(),
                                    terms.effort(),
                                    Directories.child(directory, "trial"),
                                    attempt.engine(),
                                    evidence::add)));
        } finally {
            Directories.remove(directory);
        }
    }

    /** What the connector does not declare of what the rule is about. */
    private static String missing(Rule rule, ConnectorDescriptor descriptor) {
        return rule.needs().stream()
                .filter(need -> !descriptor.can(need))
                .map(Enum::name)
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** Otherwise each rule would fail in a way of its own. */
    private static void checkRole(ConnectorDescriptor descriptor, Role role) {
        if (descriptor.spec(role).isEmpty()) {
            throw new IllegalStateException("Cannot try '" + descriptor.name() + "' as a " + role
                    + ": its descriptor has no such role; correct FixtureProvider.roles");
        }
    }

    private Outcome outcome(Attempt attempt, Throwable thrown) {
        if (thrown instanceof NotConcerned notConcerned) {
            return new Outcome.Skipped(Outcome.Reason.CAPABILITY, notConcerned.reason());
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof MissingHook missing) {
                return new Outcome.Skipped(Outcome.Reason.HOOK, missing.hook());
            }
        }
        return new Outcome.Failed(FailureText.of(attempt, terms, thrown), thrown);
    }
}
