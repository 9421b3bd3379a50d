package dev.penstock.conformance.rules;

import dev.penstock.conformance.Inventory;
import dev.penstock.conformance.Variant;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.Problem;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** {@code check} finds what is wrong outside: CF-08. */
final class ClaimRules {
    private static final Duration LIMIT = Duration.ofSeconds(11);
    private static final Map<Variant, Set<Problem.Code>> CODES = codes();

    private ClaimRules() {}

    private static Map<Variant, Set<Problem.Code>> codes() {
        Map<Variant, Set<Problem.Code>> codes = new EnumMap<>(Variant.class);
        codes.put(Variant.WRONG_HOST, Set.of(Problem.Code.CONNECTION, Problem.Code.NOT_FOUND));
        codes.put(Variant.WRONG_PORT, Set.of(Problem.Code.CONNECTION, Problem.Code.NOT_FOUND));
        codes.put(Variant.WRONG_CREDENTIALS, Set.of(Problem.Code.CREDENTIALS));
        codes.put(
                Variant.MISSING_PRIVILEGE,
                Set.of(Problem.Code.PRIVILEGE, Problem.Code.CREDENTIALS, Problem.Code.NOT_FOUND));
        codes.put(Variant.MISSING_OBJECT, Set.of(Problem.Code.NOT_FOUND));
        return codes;
    }

    static List<Rule> all() {
        return List.of(Rule.of(
                "CF-08",
                Tier.T2,
                "A check finds a wrong host, port, credentials, privilege and object within 10 s, and changes nothing",
                ClaimRules::check));
    }

    /** If this fails, check: {@code Connector.check}, which has to try what a run would try. */
    private static void check(Trial trial) {
        Outside.create(trial);
        Inventory before = trial.fixture().inventory();
        List<Problem> valid = problems(trial, trial.config(), Variant.VALID);
        if (valid.stream().anyMatch(Problem::isError)) {
            throw new RuleViolation("check found problems with valid settings: " + valid, "Connector.check");
        }
        CODES.forEach((variant, codes) -> trial.settings(
                        variant, trial.fixture().endpoint())
                .ifPresent(settings -> requireFound(variant, codes, problems(trial, trial.config(settings), variant))));
        Inventory after = trial.fixture().inventory();
        if (!after.equals(before)) {
            throw new RuleViolation(
                    "check changed what is outside: there were " + before + ", there are " + after,
                    "Connector.check: nothing may be made, also not what provision makes");
        }
    }

    private static void requireFound(Variant variant, Set<Problem.Code> codes, List<Problem> problems) {
        boolean found = problems.stream().anyMatch(problem -> problem.isError() && codes.contains(problem.code()));
        if (!found) {
            throw new RuleViolation(
                    "with " + variant + " check gave " + problems + "; expected an error of one of " + codes,
                    "Connector.check: whether it connects, logs in, and asks for the object it would use");
        }
    }

    private static List<Problem> problems(Trial trial, Config config, Variant variant) {
        long start = System.nanoTime();
        List<Problem> problems;
        try {
            problems = trial.connector().check(trial.role(), config, trial.context());
        } catch (RuntimeException e) {
            throw new RuleViolation(
                    "with " + variant + " check threw " + e + " instead of reporting it",
                    "Connector.check: catch what connecting throws",
                    e);
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        if (took.compareTo(LIMIT) > 0) {
            throw new RuleViolation(
                    "with " + variant + " check took " + took.toSeconds() + " s", "the timeouts of connections");
        }
        return problems;
    }
}
