package dev.penstock.conformance.release;

import dev.penstock.spi.config.ConfigKey;
import java.util.List;
import java.util.Optional;

/**
 * What a release declared of one setting, as far as pipelines depend on it.
 *
 * @param name of the setting
 * @param type its name
 * @param required whether it had to be given
 * @param defaultText what held if it was not given
 * @param min the least number
 * @param max the greatest number
 * @param choices what could be written, if it was a choice
 * @param aliases former names
 */
record DeclaredKey(
        String name,
        String type,
        boolean required,
        Optional<String> defaultText,
        Optional<Long> min,
        Optional<Long> max,
        List<String> choices,
        List<String> aliases) {
    static DeclaredKey of(ConfigKey<?> key) {
        return new DeclaredKey(
                key.name(),
                key.type().name(),
                key.required(),
                key.defaultText(),
                key.min(),
                key.max(),
                key.type().allowed(),
                key.aliases());
    }

    /** Why pipelines written for this setting may not do with {@code now}; empty if they do. */
    Optional<String> brokenBy(DeclaredKey now) {
        if (!type.equals(now.type)) {
            return Optional.of("was a " + type + " and is a " + now.type);
        } else if (!required && now.required) {
            return Optional.of("has become required");
        } else if (!now.choices.containsAll(choices)) {
            return Optional.of("could be one of " + choices + " and can be one of " + now.choices);
        } else if (now.min.orElse(Long.MIN_VALUE) > min.orElse(Long.MIN_VALUE)) {
            return Optional.of("could be as small as " + shown(min) + " and must be at least " + shown(now.min));
        } else if (now.max.orElse(Long.MAX_VALUE) < max.orElse(Long.MAX_VALUE)) {
            return Optional.of("could be as great as " + shown(max) + " and must be at most " + shown(now.max));
        } else if (!required && !defaultText.equals(now.defaultText)) {
            return Optional.of(
                    "was " + defaultText.orElse("nothing") + " by default and is " + now.defaultText.orElse("nothing"));
        }
        return Optional.empty();
    }

    private static String shown(Optional<Long> bound) {
        return bound.map(String::valueOf).orElse("any");
    }
}
