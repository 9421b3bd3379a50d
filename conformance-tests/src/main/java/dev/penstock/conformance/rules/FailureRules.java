package dev.penstock.conformance.rules;

import dev.penstock.conformance.Variant;
import dev.penstock.conformance.fault.Direction;
import dev.penstock.conformance.fault.Fault;
import dev.penstock.conformance.fault.FaultProxy;
import dev.penstock.conformance.fault.Trigger;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What a failure is called, and what it says: ER-03, ER-04. */
final class FailureRules {
    private static final int SHORTEST_NAME = 3;

    private FailureRules() {}

    static List<Rule> all() {
        return Stream.of(Role.SOURCE, Role.SINK)
                .flatMap(role -> Stream.of(
                        Rule.of(
                                        "ER-03",
                                        Tier.T2,
                                        "What may pass is retryable and never fatal; what will not pass is never"
                                                + " retryable",
                                        FailureRules::classified)
                                .of(role),
                        Rule.of(
                                        "ER-04",
                                        Tier.T2,
                                        "A failure says what cannot be done to what, why, and what to do",
                                        FailureRules::told)
                                .of(role)))
                .toList();
    }

    /**
     * A way to fail.
     *
     * @param what happened, for people
     * @param passes whether it may pass by itself
     * @param thrown what a short life of the connector threw
     */
    private record Failure(String what, boolean passes, RuntimeException thrown) {}

    private static void classified(Trial trial) {
        for (Failure failure : failures(trial)) {
            RuntimeException thrown = failure.thrown;
            boolean wrong = failure.passes
                    ? !(thrown instanceof RetryableException || thrown instanceof ConfigException)
                    : thrown instanceof RetryableException;
            if (wrong || !(thrown instanceof ConnectorException)) {
                throw new RuleViolation(
                        failure.what + ": the connector threw " + thrown,
                        failure.passes
                                ? "what is thrown for a connection that is refused or lost: RetryableException"
                                : "what is thrown for refused credentials and missing privileges: ConfigException, so"
                                        + " that nobody tries again for ever",
                        thrown);
            }
            trial.note(failure.what + ": " + thrown.getClass().getSimpleName());
        }
    }

    /** {@code Cannot <verb> <thing> '<value>': <why>; <what to do>}. */
    private static void told(Trial trial) {
        List<String> names = names(trial);
        for (Failure failure : failures(trial)) {
            String text = String.valueOf(failure.thrown.getMessage());
            String missing = missing(failure.thrown, text, names);
            if (!missing.isEmpty()) {
                throw new RuleViolation(
                        failure.what + ": the failure says \"" + text + "\", without " + missing,
                        "the message of the exception: Cannot <verb> <thing> '<value>': <why>; <what to do>",
                        failure.thrown);
            }
        }
    }

    private static String missing(RuntimeException thrown, String text, List<String> names) {
        if (!(thrown instanceof ConnectorException)) {
            return "a type that says who must act: " + thrown.getClass().getName();
        }
        if (thrown instanceof ConfigException config) {
            boolean remedies = config.problems().stream()
                    .noneMatch(problem -> problem.remedy().isBlank());
            return remedies ? "" : "a remedy for each problem";
        }
        if (!text.startsWith("Cannot ")) {
            return "what cannot be done";
        }
        if (names.stream().noneMatch(text::contains)) {
            return "what it was about: none of " + names;
        }
        return text.contains("; ") ? "" : "what to do, after a semicolon";
    }

    /** What the settings call things by; numbers are names too, since ports are. */
    private static List<String> names(Trial trial) {
        List<String> names = new ArrayList<>();
        names.add(trial.connector().descriptor().name());
        trial.settings().values().forEach(value -> names.add(String.valueOf(value)));
        names.removeIf(name -> name.length() < SHORTEST_NAME);
        for (String secret : trial.fixture().secrets()) {
            names.remove(secret);
        }
        return names;
    }

    private static List<Failure> failures(Trial trial) {
        Outside.create(trial);
        List<Failure> failures = new ArrayList<>();
        List<Lives> wrong = List.of(
                new Lives("with credentials that are refused", false, Variant.WRONG_CREDENTIALS),
                new Lives("with a user that may do nothing", false, Variant.MISSING_PRIVILEGE),
                new Lives("with a port where nobody listens", true, Variant.WRONG_PORT));
        int number = 1;
        for (Lives lives : wrong) {
            Optional<Map<String, Object>> settings =
                    trial.settings(lives.variant, trial.fixture().endpoint());
            if (settings.isPresent()) {
                thrown(trial, settings.get(), number++)
                        .ifPresent(e -> failures.add(new Failure(lives.what, lives.passes, e)));
            }
        }
        if (trial.fixture().endpoint().isPresent()) {
            failures.addAll(disturbed(trial, number));
        }
        trial.note(failures.size() + " ways to fail");
        return failures;
    }

    private record Lives(String what, boolean passes, Variant variant) {}

    /** Connections that are refused, and that are cut off at some byte of what is asked or answered. */
    private static List<Failure> disturbed(Trial trial, int firstNumber) {
        List<Failure> failures = new ArrayList<>();
        for (int count = 0; count <= 2 * trial.effort().seeds(); count++) {
            try (FaultProxy proxy = FaultProxy.before(trial.fixture().endpoint().orElseThrow())) {
                Direction direction = count % 2 == 0 ? Direction.REQUEST : Direction.RESPONSE;
                int bytes = trial.random().nextInt(400);
                String what = "with the connection cut after " + bytes + " bytes of " + direction;
                if (count == 0) {
                    proxy.refuse();
                    what = "with a connection that is refused";
                } else {
                    proxy.arm(Trigger.afterBytes(direction, bytes), Fault.RESET);
                }
                Map<String, Object> settings = trial.settings(Variant.VALID, Optional.of(proxy.address()))
                        .orElseGet(trial::settings);
                Optional<RuntimeException> thrown = thrown(trial, settings, firstNumber + count);
                if (thrown.isPresent()) {
                    failures.add(new Failure(what, true, thrown.get()));
                }
            }
        }
        return failures;
    }

    private static Optional<RuntimeException> thrown(Trial trial, Map<String, Object> settings, int number) {
        try {
            new Usage(trial.connector(), trial, number, call -> {}).live(settings);
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e);
        }
    }
}
