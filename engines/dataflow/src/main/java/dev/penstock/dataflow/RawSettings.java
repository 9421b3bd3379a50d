package dev.penstock.dataflow;

import dev.penstock.spi.config.ConfigKey;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.config.ConfigType;
import dev.penstock.spi.config.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Turns what was written into what a {@link ConfigSpec} parses. A text stays as it was written, so that the password
 * {@code 0123} and the version {@code 1.10} keep their digits; numbers and booleans are read as YAML means them.
 */
final class RawSettings {
    private static final Set<ConfigType<?>> TYPED =
            Set.of(ConfigType.ANY, ConfigType.BOOLEAN, ConfigType.INTEGER, ConfigType.LONG, ConfigType.NUMBER);

    private RawSettings() {}

    /** What {@code spec} parses; keys without a value are reported and left out. */
    static Object of(ConfigSpec spec, Tree tree, Consumer<Problem> problems) {
        if (spec.isSingle()) {
            ConfigKey<?> key = spec.keys().get(0);
            checkComplete(tree, "", problems);
            return raw(key, tree);
        }
        if (!(tree instanceof Tree.Mapping mapping)) {
            return tree.texts();
        }
        Map<String, Object> raw = new LinkedHashMap<>();
        mapping.entries().forEach((name, entry) -> {
            if (checkComplete(entry.value(), name, problems)) {
                raw.put(
                        name,
                        find(spec, name).map(key -> raw(key, entry.value())).orElse(""));
            }
        });
        return raw;
    }

    /** The key that is written as {@code name}, today or formerly. */
    static Optional<ConfigKey<?>> find(ConfigSpec spec, String name) {
        Optional<ConfigKey<?>> now = spec.find(name);
        return now.isPresent()
                ? now
                : spec.keys().stream()
                        .filter(key -> key.aliases().contains(name))
                        .findFirst();
    }

    private static Object raw(ConfigKey<?> key, Tree tree) {
        return TYPED.contains(key.type()) ? tree.typed() : tree.texts();
    }

    private static boolean checkComplete(Tree tree, String path, Consumer<Problem> problems) {
        if (tree instanceof Tree.Nothing) {
            problems.accept(Problem.error(path, Problem.Code.MISSING, "has no value", "give one or remove the key"));
            return false;
        }
        if (tree instanceof Tree.Mapping mapping) {
            return mapping.entries().entrySet().stream()
                    .map(entry -> checkComplete(entry.getValue().value(), below(path, entry.getKey()), problems))
                    .reduce(true, Boolean::logicalAnd);
        }
        List<Tree> items = tree instanceof Tree.Sequence sequence ? sequence.items() : List.of();
        boolean complete = true;
        for (int i = 0; i < items.size(); i++) {
            complete &= checkComplete(items.get(i), below(path, String.valueOf(i)), problems);
        }
        return complete;
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
