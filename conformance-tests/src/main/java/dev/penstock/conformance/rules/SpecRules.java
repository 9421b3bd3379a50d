package dev.penstock.conformance.rules;

import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.spi.config.Config;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.NearestName;
import dev.penstock.spi.config.Problem;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the settings that are declared say, is what holds: CF-03 and CF-04. */
final class SpecRules {
    private SpecRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.of(
                        "CF-03",
                        Tier.T0,
                        "Unknown settings are refused with the nearest name, former names are taken with a warning",
                        SpecRules::names),
                Rule.of(
                        "CF-04",
                        Tier.T0,
                        "What a setting declares to take is taken, and everything else is refused",
                        SpecRules::values));
    }

    private static void names(Trial trial) {
        WrittenSettings valid = WrittenSettings.of(trial);
        Set<String> known = new HashSet<>();
        valid.namedKeys().forEach(key -> {
            known.add(key.name());
            known.addAll(key.aliases());
        });
        for (ConfigKey<?> key : valid.namedKeys()) {
            for (String typo : Typos.of(key.name())) {
                if (!known.contains(typo)) {
                    requireHint(valid, typo);
                }
            }
            key.aliases().forEach(alias -> requireWarning(valid, key, alias));
        }
    }

    /** If this fails, check: whether the settings of a connector are parsed by its ConfigSpec and nothing else. */
    private static void requireHint(WrittenSettings valid, String typo) {
        List<String> names = valid.namedKeys().stream().map(ConfigKey::name).toList();
        Optional<String> meant = NearestName.of(typo, names);
        boolean hinted = valid.with(typo, "x").problems().stream()
                .anyMatch(problem -> problem.isError()
                        && problem.code() == Problem.Code.UNKNOWN
                        && problem.path().equals(typo)
                        && problem.remedy().contains(meant.orElse("")));
        if (!hinted) {
            throw new RuleViolation(
                    "setting '" + typo + "' was not refused as unknown with the hint "
                            + meant.map(name -> "'" + name + "'").orElse("of all names"),
                    "whether all settings go through the connector's ConfigSpec, which refuses what it does not know");
        }
    }

    /** If this fails, check: {@link ConfigKey#formerly} of two settings, and whether a former name is in use again. */
    private static void requireWarning(WrittenSettings valid, ConfigKey<?> key, String alias) {
        Object value = valid.values().containsKey(key.name())
                ? valid.values().get(key.name())
                : key.defaultText().<Object>map(text -> text).orElse("");
        WrittenSettings current = valid.with(key.name(), value);
        Optional<Config> expected = current.spec().parse(current.values()).config();
        WrittenSettings renamed = valid.without(key.name()).with(alias, value);
        boolean warned = renamed.problems().stream()
                .anyMatch(problem -> problem.code() == Problem.Code.DEPRECATED
                        && !problem.isError()
                        && problem.path().equals(alias)
                        && problem.remedy().contains(key.name()));
        boolean same = expected.equals(renamed.spec().parse(renamed.values()).config());
        if (expected.isPresent() && (!warned || !same)) {
            throw new RuleViolation(
                    "the former name '" + alias + "' of setting '" + key.name() + "' "
                            + (warned ? "does not set it" : "is taken without a warning that names it"),
                    "ConfigKey.formerly: whether another setting has, or had, that name too");
        }
    }

    private static void values(Trial trial) {
        WrittenSettings valid = WrittenSettings.of(trial);
        if (!valid.accepted()) {
            throw new RuleViolation(
                    "the fixture's valid settings are refused: " + valid.problems(), "Fixture.settings, variant VALID");
        }
        for (ConfigKey<?> key : valid.namedKeys()) {
            for (BrokenValues.Broken broken : BrokenValues.of(key)) {
                requireRefusal(valid, key, broken);
            }
            for (Object edge : BrokenValues.edges(key)) {
                requireTaken(trial, valid.with(key.name(), edge), key, edge);
            }
        }
    }

    private static void requireRefusal(WrittenSettings valid, ConfigKey<?> key, BrokenValues.Broken broken) {
        List<Problem> problems = valid.with(key.name(), broken.value()).problems();
        boolean refused = problems.stream()
                .anyMatch(problem -> problem.isError() && problem.path().equals(key.name()));
        if (!refused) {
            throw new RuleViolation(
                    "setting '" + key.name() + "' of type " + key.type().name() + " took '" + broken.value()
                            + "', which must be refused as " + broken.code(),
                    "the type and the bounds of that ConfigKey");
        }
    }

    /** If this fails, check: what the connector asks of its settings beyond their spec. */
    private static void requireTaken(Trial trial, WrittenSettings settings, ConfigKey<?> key, Object edge) {
        Optional<Config> config = settings.spec().parse(settings.values()).config();
        boolean offends = settings.problems().stream()
                .anyMatch(problem -> problem.path().equals(key.name()) && problem.isError());
        boolean crosses = settings.problems().stream()
                .anyMatch(problem -> problem.code() == Problem.Code.CONFLICT || problem.code() == Problem.Code.MISSING);
        if (offends && !crosses) {
            throw new RuleViolation(
                    "setting '" + key.name() + "' refused '" + edge + "', which its spec allows: "
                            + settings.problems(),
                    "the type and the bounds of that ConfigKey");
        }
        config.ifPresent(one -> Parts.make(trial, one.in(trial.directory())).ifPresent(thrown -> {
            throw new RuleViolation(
                    "setting '" + key.name() + "' may be '" + edge + "' by its spec, but the connector refuses"
                            + " to be made with it: " + thrown,
                    "the bounds of that ConfigKey: what the connector will not take must be refused by its spec",
                    thrown);
        }));
    }
}
