package dev.penstock.conformance.rules;

import dev.penstock.conformance.json.JsonTree;
import dev.penstock.conformance.packaging.LoadedAlone;
import dev.penstock.conformance.packaging.Packaging;
import dev.penstock.conformance.rule.Rule;
import dev.penstock.conformance.rule.RuleViolation;
import dev.penstock.conformance.rule.Tier;
import dev.penstock.conformance.rule.Trial;
import dev.penstock.dataflow.ConnectorCatalog;
import dev.penstock.dataflow.PipelineJsonSchema;
import dev.penstock.spi.ConnectorDescriptor;
import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.ConfigType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What a connector says of itself is complete, and there without effort: CF-01 and CF-06. */
final class DescriptorRules {
    private static final Pattern SEMANTIC = Pattern.compile("\\d+\\.\\d+\\.\\d+(-[0-9A-Za-z.-]+)?(\\+[0-9A-Za-z.-]+)?");
    private static final Pattern RELEASE = Pattern.compile("\\d+\\.\\d+(\\.\\d+)?");
    private static final int MIN_DOC = 20;
    private static final long MAX_LOAD_MILLIS = 200;

    private DescriptorRules() {}

    static List<Rule> all() {
        return List.of(
                Rule.of(
                        "CF-01",
                        Tier.T0,
                        "The descriptor is found through the ServiceLoader in a loader of its own, fast, without I/O",
                        DescriptorRules::descriptor),
                Rule.of(
                        "CF-06",
                        Tier.T0,
                        "Every setting is documented, and its default and example are valid",
                        DescriptorRules::documentation));
    }

    private static void descriptor(Trial trial) throws IOException, InterruptedException {
        ConnectorDescriptor descriptor = trial.connector().descriptor();
        require(
                SEMANTIC.matcher(descriptor.version()).matches(),
                "the version '" + descriptor.version() + "' is not semantic, as 1.4.2 is");
        require(
                descriptor.summary().length() >= MIN_DOC
                        && !descriptor.summary().endsWith("."),
                "the summary '" + descriptor.summary() + "' is no sentence without its full stop");
        require(
                descriptor.equals(trial.connector().descriptor()) || same(descriptor, trial),
                "two calls of descriptor() differ");
        Packaging packaging = trial.fixture().packaging(trial.directory());
        LoadedAlone loaded = LoadedAlone.of(packaging, trial.directory());
        trial.note("loaded from " + packaging.own().getFileName() + " in " + loaded.cpuMillis()
                + " ms of processor time" + (LoadedAlone.isDenied() ? "" : "; this Java cannot deny I/O"));
        require(loaded.denied().isEmpty(), "loading tried " + loaded.denied());
        require(
                loaded.exitCode() == 0,
                "loading from its jars alone failed:\n" + loaded.output().strip());
        String expected = descriptor.name() + " " + descriptor.version() + " "
                + descriptor.specs().keySet().stream().sorted().toList() + " " + descriptor.summary();
        require(
                loaded.connectors().contains(expected),
                "the ServiceLoader found " + loaded.connectors() + " and not '" + expected + "'");
        require(loaded.cpuMillis() < MAX_LOAD_MILLIS, "loading took " + loaded.cpuMillis() + " ms of processor time");
    }

    private static boolean same(ConnectorDescriptor descriptor, Trial trial) {
        ConnectorDescriptor again = trial.connector().descriptor();
        return descriptor.name().equals(again.name())
                && descriptor.version().equals(again.version())
                && descriptor.capabilities().equals(again.capabilities())
                && descriptor.specs().keySet().equals(again.specs().keySet());
    }

    private static void require(boolean kept, String seen) {
        if (!kept) {
            throw new RuleViolation(
                    seen,
                    "descriptor() and the static parts of the connector's class, which "
                            + "must do nothing but make it; and "
                            + "META-INF/services/dev.penstock.spi.Connector");
        }
    }

    private static void documentation(Trial trial) throws IOException {
        WrittenSettings valid = WrittenSettings.of(trial);
        JsonTree schema = JsonTree.read(PipelineJsonSchema.of(ConnectorCatalog.of(List.of(trial.connector()))));
        for (ConfigKey<?> key : valid.spec().keys()) {
            requireWords(key);
            key.defaultText().ifPresent(text -> requireValid(key, "default", text));
            key.example().ifPresent(text -> requireValid(key, "example", text));
            if (!describes(schema.members(), key)) {
                throw new RuleViolation(
                        "the JSON Schema of pipelines does not describe setting '" + key.name() + "'",
                        "the name and the doc of that ConfigKey");
            }
        }
    }

    /** If this fails, check: the words of that ConfigKey; people read them in {@code penstock describe}. */
    private static void requireWords(ConfigKey<?> key) {
        String doc = key.doc().strip();
        if (doc.length() < MIN_DOC || doc.endsWith(".")) {
            throw new RuleViolation(
                    "the doc of setting '" + key.name() + "' is '" + key.doc() + "'; a sentence of " + MIN_DOC
                            + " characters or more, without its full stop, is needed",
                    "the doc of that ConfigKey");
        }
        if (!RELEASE.matcher(key.since()).matches()) {
            throw new RuleViolation(
                    "setting '" + key.name() + "' is there since '" + key.since() + "', which is no release",
                    "ConfigKey.since");
        }
        if (key.type().equals(ConfigType.SECRET) && key.defaultText().isPresent()) {
            throw new RuleViolation(
                    "secret '" + key.name() + "' has a default, which everybody knows", "ConfigKey.defaultValue");
        }
    }

    private static void requireValid(ConfigKey<?> key, String kind, String text) {
        WrittenSettings alone = new WrittenSettings(ConfigSpec.of(key), Map.of(key.name(), written(key, text)));
        if (!alone.accepted()) {
            throw new RuleViolation(
                    "the " + kind + " '" + text + "' of setting '" + key.name() + "' is refused: " + alone.problems(),
                    "the " + kind + " of that ConfigKey, and its bounds");
        }
    }

    private static Object written(ConfigKey<?> key, String text) {
        return switch (key.type().jsonType()) {
            case "array" -> text.isEmpty() ? List.of() : Arrays.asList(text.split("\\s*,\\s*"));
            case "object" -> Map.of();
            default -> text;
        };
    }

    private static boolean describes(Object node, ConfigKey<?> key) {
        if (node instanceof Map<?, ?> map) {
            Object property = map.get(key.name());
            boolean here = property instanceof Map<?, ?> schema
                    && String.valueOf(schema.get("description")).contains(key.doc());
            return here || any(map.values(), key);
        }
        return node instanceof Collection<?> list && any(list, key);
    }

    private static boolean any(Collection<?> nodes, ConfigKey<?> key) {
        return new ArrayList<>(nodes).stream().anyMatch(node -> describes(node, key));
    }
}
