package dev.penstock.spi.config;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A rule about several settings of one spec. */
public sealed interface CrossRule {
    /** The rule for people. */
    String text();

    /** What is wrong, if the settings that were given break the rule. */
    Optional<Problem> check(Set<String> given, Config config);

    /** At most one of the keys may be given. */
    record Exclusive(List<String> keys) implements CrossRule {
        @Override
        public String text() {
            return "at most one of " + String.join(", ", keys);
        }

        @Override
        public Optional<Problem> check(Set<String> given, Config config) {
            List<String> both = keys.stream().filter(given::contains).toList();
            return both.size() < 2
                    ? Optional.empty()
                    : Optional.of(Problem.error(
                            both.get(1),
                            Problem.Code.CONFLICT,
                            "cannot be given together with '" + both.get(0) + "'",
                            "remove one of them"));
        }
    }

    /** Exactly one of the keys must be given. */
    record OneOf(List<String> keys) implements CrossRule {
        @Override
        public String text() {
            return "exactly one of " + String.join(", ", keys);
        }

        @Override
        public Optional<Problem> check(Set<String> given, Config config) {
            return keys.stream().anyMatch(given::contains)
                    ? new Exclusive(keys).check(given, config)
                    : Optional.of(Problem.error(keys.get(0), Problem.Code.MISSING, "is missing", "give " + text()));
        }
    }

    /** All of the keys must be given, or none. */
    record Together(List<String> keys) implements CrossRule {
        @Override
        public String text() {
            return "all or none of " + String.join(", ", keys);
        }

        @Override
        public Optional<Problem> check(Set<String> given, Config config) {
            List<String> missing =
                    keys.stream().filter(key -> !given.contains(key)).toList();
            return missing.isEmpty() || missing.size() == keys.size()
                    ? Optional.empty()
                    : Optional.of(Problem.error(missing.get(0), Problem.Code.MISSING, "is missing", "give " + text()));
        }
    }

    /** A number must not be greater than half of another. */
    record AtMostHalf(ConfigKey<Integer> key, ConfigKey<Integer> of) implements CrossRule {
        @Override
        public String text() {
            return key.name() + " at most half of " + of.name();
        }

        @Override
        public Optional<Problem> check(Set<String> given, Config config) {
            Optional<Integer> whole = config.find(of);
            return config.find(key)
                    .filter(part -> whole.isPresent() && part > whole.get() / 2)
                    .map(part -> Problem.error(
                            key.name(),
                            Problem.Code.CONFLICT,
                            part + " is more than half of " + of.name() + ", which is " + whole.get(),
                            "give " + whole.get() / 2 + " at most"));
        }
    }

    /** If a key has a value, others must be given and others must not. */
    record When(ConfigKey<?> key, Object value, List<String> required, List<String> forbidden) implements CrossRule {
        @Override
        public String text() {
            String condition = "if " + key.name() + " is " + written();
            return Stream.of(
                            required.isEmpty() ? "" : condition + ", give " + String.join(", ", required),
                            forbidden.isEmpty() ? "" : condition + ", do not give " + String.join(", ", forbidden))
                    .filter(part -> !part.isEmpty())
                    .reduce((first, second) -> first + "; " + second)
                    .orElse("");
        }

        private String written() {
            return value instanceof Enum<?> constant ? ConfigType.kebab(constant) : value.toString();
        }

        @Override
        public Optional<Problem> check(Set<String> given, Config config) {
            if (config.find(key).filter(value::equals).isEmpty()) {
                return Optional.empty();
            }
            Optional<Problem> missing = required.stream()
                    .filter(name -> !given.contains(name))
                    .findFirst()
                    .map(name -> Problem.error(name, Problem.Code.MISSING, "is missing", text()));
            return missing.isPresent()
                    ? missing
                    : forbidden.stream()
                            .filter(given::contains)
                            .findFirst()
                            .map(name -> Problem.error(name, Problem.Code.CONFLICT, "means nothing here", text()));
        }
    }
}
