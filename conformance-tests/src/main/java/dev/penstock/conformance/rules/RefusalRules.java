package dev.penstock.conformance.rules;

import dev.penstock.conformance.Variant;
import dev.penstock.conformance.fault.FaultProxy;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.ConnectorException;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.Problem;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is wrong with settings is said at once and before anything is connected to: CF-02. */
final class RefusalRules {
    private static final Set<Problem.Code> OF_SETTINGS =
            Set.of(Problem.Code.MISSING, Problem.Code.WRONG_TYPE, Problem.Code.OUT_OF_RANGE, Problem.Code.CONFLICT);
    private static final int AT_ONCE = 3;
    private static final Duration SETTLING = Duration.ofMillis(300);

    private RefusalRules() {}

    static List<Rule> all() {
        return List.of(Rule.of(
                "CF-02",
                Tier.T1,
                "Missing and invalid settings are refused all at once, before any connection is made",
                RefusalRules::refusals));
    }

    private static void refusals(Trial trial) {
        WrittenSettings valid = WrittenSettings.of(trial);
        valid.namedKeys().stream().filter(ConfigKey::required).forEach(key -> requireMissing(valid, key));
        requireAllAtOnce(valid);
        if (trial.fixture().endpoint().isPresent()) {
            Outside.create(trial);
            valid.namedKeys().stream()
                    .filter(key -> valid.values().containsKey(key.name()))
                    .forEach(key ->
                            requireQuiet(trial, trial.fixture().endpoint().get(), key));
        }
    }

    private static void requireMissing(WrittenSettings valid, ConfigKey<?> key) {
        if (!valid.without(key.name()).refusedAt(key.name(), Problem.Code.MISSING)) {
            throw new RuleViolation(
                    "without the required setting '" + key.name() + "' there is no problem MISSING at its path, but "
                            + valid.without(key.name()).problems(),
                    "whether all settings go through the connector's ConfigSpec");
        }
    }

    private static void requireAllAtOnce(WrittenSettings valid) {
        WrittenSettings broken = valid;
        List<String> expected = new ArrayList<>();
        for (ConfigKey<?> key : valid.namedKeys()) {
            List<BrokenValues.Broken> values = BrokenValues.of(key);
            if (expected.size() < AT_ONCE && !values.isEmpty()) {
                broken = broken.with(key.name(), values.get(0).value());
                expected.add(key.name());
            }
        }
        List<Problem> problems = broken.problems();
        for (String name : expected) {
            if (problems.stream().noneMatch(problem -> problem.path().equals(name))) {
                throw new RuleViolation(
                        "of " + expected + ", all of them broken, '" + name + "' was not reported: " + problems,
                        "whether parsing goes on after the first problem");
            }
        }
    }

    /** If this fails, check: which settings the connector asks for at open although its spec calls them optional. */
    private static void requireQuiet(Trial trial, InetSocketAddress endpoint, ConfigKey<?> key) {
        try (FaultProxy proxy = FaultProxy.before(endpoint)) {
            Map<String, Object> relayed =
                    trial.settings(Variant.VALID, Optional.of(proxy.address())).orElseThrow();
            WrittenSettings fewer =
                    new WrittenSettings(WrittenSettings.of(trial).spec(), relayed).without(key.name());
            fewer.spec()
                    .parse(fewer.values())
                    .config()
                    .flatMap(config -> opening(trial, config.in(trial.directory())))
                    .filter(thrown -> isLate(thrown, proxy))
                    .ifPresent(thrown -> {
                        throw new RuleViolation(
                                "that setting '" + key.name() + "' is missing came out only after "
                                        + proxy.log().connections() + " connection(s) were made: " + thrown,
                                "ConfigKey.require, and the rules between settings of the ConfigSpec",
                                thrown);
                    });
        }
    }

    private static boolean isLate(RuntimeException thrown, FaultProxy proxy) {
        if (!(thrown instanceof ConnectorException)) {
            return true;
        }
        boolean ofSettings = thrown instanceof ConfigException refused
                && refused.problems().stream().anyMatch(problem -> OF_SETTINGS.contains(problem.code()));
        return ofSettings && isConnected(proxy);
    }

    /** The proxy may see a connection a little later than whoever made it. */
    private static boolean isConnected(FaultProxy proxy) {
        try {
            return proxy.log().awaitConnections(1, SETTLING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What making and opening a part threw. */
    private static Optional<RuntimeException> opening(Trial trial, Config config) {
        try (Parts part = Parts.of(trial, config)) {
            part.open(trial.context());
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of(e);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
