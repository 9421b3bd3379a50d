package dev.penstock.spi.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All settings of one role of a connector: drives parsing, validation of everything at once, help, Markdown tables and
 * JSON Schema (rules CF-02 to CF-06).
 */
public final class ConfigSpec {
    private final Map<String, ConfigKey<?>> keys;
    private final List<CrossRule> rules;
    private final boolean single;

    private ConfigSpec(Map<String, ConfigKey<?>> keys, List<CrossRule> rules, boolean single) {
        this.keys = keys;
        this.rules = rules;
        this.single = single;
    }

    /** A spec of {@code keys}, without rules between them. */
    public static ConfigSpec of(ConfigKey<?>... keys) {
        return builder().keys(keys).build();
    }

    /**
     * A spec of one key that is written without its name: {@code filter: "price > 10"} rather than {@code filter:
     * {expression: "price > 10"}}.
     */
    public static ConfigSpec single(ConfigKey<?> key) {
        return new ConfigSpec(Map.of(key.name(), key), List.of(), true);
    }

    /** Starts a spec. */
    public static Builder builder() {
        return new Builder();
    }

    /** The settings, in the order of help. */
    public List<ConfigKey<?>> keys() {
        return List.copyOf(keys.values());
    }

    /** The rules between settings. */
    public List<CrossRule> rules() {
        return rules;
    }

    /** Whether the one key is written without its name. */
    public boolean isSingle() {
        return single;
    }

    /** This spec with further settings behind its own, whose rules stay. */
    public ConfigSpec and(ConfigKey<?>... further) {
        Builder builder =
                builder().keys(keys.values().toArray(ConfigKey<?>[]::new)).keys(further);
        builder.rules.addAll(rules);
        return builder.build();
    }

    /** The setting named {@code name}, if there is one; former names do not count. */
    public Optional<ConfigKey<?>> find(String name) {
        return Optional.ofNullable(keys.get(name));
    }

    /** What came of parsing: a config only if no problem is an error. */
    public record Parsed(Optional<Config> config, List<Problem> problems) {
        public Parsed {
            problems = List.copyOf(problems);
        }

        /**
         * The config.
         *
         * @throws IllegalArgumentException listing all problems, if there is none
         */
        public Config orThrow() {
            return config.orElseThrow(() -> new IllegalArgumentException(problems.toString()));
        }
    }

    /**
     * Checks all that was written, and finds all problems at once; connects to nothing.
     *
     * @param written a mapping as the pipeline file has it; for a {@link #single} spec, the value itself
     */
    public Parsed parse(Object written) {
        if (single) {
            return parseMap(Collections.singletonMap(keys().get(0).name(), written));
        }
        if (!(written instanceof Map<?, ?> map)) {
            return new Parsed(
                    Optional.empty(),
                    List.of(Problem.error(
                            "", Problem.Code.WRONG_TYPE, "expected a mapping of settings", "use: " + keys.keySet())));
        }
        Map<String, Object> named = new LinkedHashMap<>();
        map.forEach((key, value) -> named.put(String.valueOf(key), value));
        return parseMap(named);
    }

    private Parsed parseMap(Map<String, Object> written) {
        Parsing parsing = new Parsing();
        written.forEach(parsing::read);
        keys.values().forEach(parsing::complete);
        Config config = new Config(parsing.values);
        for (CrossRule rule : rules) {
            rule.check(parsing.given.keySet(), config).ifPresent(parsing.problems::add);
        }
        boolean failed = parsing.problems.stream().anyMatch(Problem::isError);
        return new Parsed(failed ? Optional.empty() : Optional.of(config), parsing.problems);
    }

    /** One pass over what was written. */
    private final class Parsing {
        private final Map<String, Object> values = new HashMap<>();
        private final Map<String, String> given = new LinkedHashMap<>();
        private final List<Problem> problems = new ArrayList<>();

        void read(String name, @Nullable Object raw) {
            ConfigKey<?> key = keys.get(name);
            if (key == null) {
                key = formerly(name);
            }
            if (key == null) {
                problems.add(Problem.error(
                        name, Problem.Code.UNKNOWN, "is not a setting here", NearestName.hint(name, keys.keySet())));
            } else if (given.put(key.name(), name) != null) {
                problems.add(Problem.error(
                        name, Problem.Code.CONFLICT, "gives '" + key.name() + "' a second time", "remove one"));
            } else if (raw == null) {
                problems.add(Problem.error(name, Problem.Code.MISSING, "has no value", "give one, or remove the key"));
            } else {
                parse(key, name, raw);
            }
        }

        private @Nullable ConfigKey<?> formerly(String name) {
            for (ConfigKey<?> key : keys.values()) {
                if (key.aliases().contains(name)) {
                    problems.add(Problem.warning(
                            name, Problem.Code.DEPRECATED, "has been renamed", "write '" + key.name() + "'"));
                    return key;
                }
            }
            return null;
        }

        private void parse(ConfigKey<?> key, String name, Object raw) {
            try {
                Object value = key.type().parse(raw);
                Ranges.check(key, value)
                        .ifPresentOrElse(
                                problem -> problems.add(problem.at(name)), () -> values.put(key.name(), value));
            } catch (IllegalArgumentException | ArithmeticException e) {
                Problem.Code code = key.type().allowed().isEmpty() ? Problem.Code.WRONG_TYPE : Problem.Code.NOT_ALLOWED;
                problems.add(Problem.error(name, code, String.valueOf(e.getMessage()), ""));
            }
        }

        void complete(ConfigKey<?> key) {
            if (given.containsKey(key.name())) {
                return;
            }
            if (key.required()) {
                problems.add(Problem.error(
                        key.name(),
                        Problem.Code.MISSING,
                        "is missing",
                        key.example()
                                .map(example -> "give it, for example " + example)
                                .orElse("give it")));
            }
            key.defaultValue().ifPresent(value -> values.put(key.name(), value));
        }
    }

    /** Puts a spec together. */
    public static final class Builder {
        private final Map<String, ConfigKey<?>> keys = new LinkedHashMap<>();
        private final List<CrossRule> rules = new ArrayList<>();

        private Builder() {}

        /** Adds settings, in the order of help. */
        public Builder keys(ConfigKey<?>... added) {
            for (ConfigKey<?> key : added) {
                if (keys.put(key.name(), key) != null) {
                    throw new IllegalArgumentException("Cannot declare setting '" + key.name() + "' twice");
                }
            }
            return this;
        }

        /** At most one of the keys may be given. */
        public Builder exclusive(ConfigKey<?>... of) {
            rules.add(new CrossRule.Exclusive(names(of)));
            return this;
        }

        /** Exactly one of the keys must be given. */
        public Builder oneOf(ConfigKey<?>... of) {
            rules.add(new CrossRule.OneOf(names(of)));
            return this;
        }

        /** All of the keys must be given, or none. */
        public Builder together(ConfigKey<?>... of) {
            rules.add(new CrossRule.Together(names(of)));
            return this;
        }

        /** {@code key} must not be greater than half of {@code of}. */
        public Builder atMostHalf(ConfigKey<Integer> key, ConfigKey<Integer> of) {
            rules.add(new CrossRule.AtMostHalf(key, of));
            return this;
        }

        /** If {@code key} is {@code value}, {@code required} must be given. */
        public <T> Builder whenRequire(ConfigKey<T> key, T value, ConfigKey<?>... required) {
            rules.add(new CrossRule.When(key, value, names(required), List.of()));
            return this;
        }

        /** If {@code key} is {@code value}, {@code forbidden} must not be given. */
        public <T> Builder whenForbid(ConfigKey<T> key, T value, ConfigKey<?>... forbidden) {
            rules.add(new CrossRule.When(key, value, List.of(), names(forbidden)));
            return this;
        }

        private static List<String> names(ConfigKey<?>[] keys) {
            return List.of(keys).stream().map(ConfigKey::name).toList();
        }

        /** The spec. */
        public ConfigSpec build() {
            return new ConfigSpec(Collections.unmodifiableMap(new LinkedHashMap<>(keys)), List.copyOf(rules), false);
        }
    }
}
