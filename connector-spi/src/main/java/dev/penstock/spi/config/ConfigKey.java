package dev.penstock.spi.config;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One setting: its name, type, and everything that help, validation and schema need to know.
 *
 * <p>Built by a factory and refined by the methods below, each of which gives a changed copy:
 *
 * <pre>{@code
 * static final ConfigKey<Integer> ROLL_ROWS = ConfigKey.integer("roll-rows", "Rows after which a new file is begun")
 *         .defaultValue(1_000_000).min(1);
 * }</pre>
 *
 * @param name the key in pipeline files, kebab-case
 * @param type how it is written
 * @param doc one sentence for people, without a full stop
 * @param required whether it must be given
 * @param defaultText what holds if it is not given, as it would be written
 * @param example as it would be written
 * @param since the first release that knows it
 * @param aliases former names, still accepted with a warning
 * @param advanced whether help leaves it out at first
 * @param group a heading for long lists of settings
 * @param min the least number, or bytes, or milliseconds
 * @param max the greatest number, or bytes, or milliseconds
 * @param <T> the type of the value
 */
public record ConfigKey<T>(
        String name,
        ConfigType<T> type,
        String doc,
        boolean required,
        Optional<String> defaultText,
        Optional<String> example,
        String since,
        List<String> aliases,
        boolean advanced,
        String group,
        Optional<Long> min,
        Optional<Long> max) {
    private static final Pattern KEBAB = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

    public ConfigKey {
        requireNonNull(type, "type");
        requireNonNull(doc, "doc");
        aliases = List.copyOf(aliases);
        if (!KEBAB.matcher(name).matches()) {
            throw new IllegalArgumentException("Cannot name a setting '" + name + "': use kebab-case");
        }
    }

    /** A setting of any type. */
    public static <T> ConfigKey<T> of(String name, ConfigType<T> type, String doc) {
        return new ConfigKey<>(
                name,
                type,
                doc,
                false,
                Optional.empty(),
                Optional.empty(),
                "0.1",
                List.of(),
                false,
                "",
                Optional.empty(),
                Optional.empty());
    }

    /** A text. */
    public static ConfigKey<String> string(String name, String doc) {
        return of(name, ConfigType.STRING, doc);
    }

    /** The name of a column. */
    public static ConfigKey<String> column(String name, String doc) {
        return of(name, ConfigType.COLUMN, doc);
    }

    /** The names of columns. */
    public static ConfigKey<List<String>> columns(String name, String doc) {
        return of(name, ConfigType.COLUMNS, doc);
    }

    /** A 32-bit number. */
    public static ConfigKey<Integer> integer(String name, String doc) {
        return of(name, ConfigType.INTEGER, doc);
    }

    /** True or false. */
    public static ConfigKey<Boolean> bool(String name, String doc) {
        return of(name, ConfigType.BOOLEAN, doc);
    }

    /** A length of time. */
    public static ConfigKey<Duration> duration(String name, String doc) {
        return of(name, ConfigType.DURATION, doc);
    }

    /** A number of bytes. */
    public static ConfigKey<Long> size(String name, String doc) {
        return of(name, ConfigType.SIZE, doc);
    }

    /** A path of the local file system. */
    public static ConfigKey<Path> path(String name, String doc) {
        return of(name, ConfigType.PATH, doc);
    }

    /** A URI. */
    public static ConfigKey<URI> uri(String name, String doc) {
        return of(name, ConfigType.URI_TYPE, doc);
    }

    /** A secret. */
    public static ConfigKey<Secret> secret(String name, String doc) {
        return of(name, ConfigType.SECRET, doc);
    }

    /** A list of texts. */
    public static ConfigKey<List<String>> strings(String name, String doc) {
        return of(name, ConfigType.STRINGS, doc);
    }

    /** Names to texts. */
    public static ConfigKey<Map<String, String>> stringMap(String name, String doc) {
        return of(name, ConfigType.STRING_MAP, doc);
    }

    /** One of the constants of {@code type}, in kebab-case. */
    public static <E extends Enum<E>> ConfigKey<E> choice(String name, Class<E> type, String doc) {
        return of(name, ConfigType.oneOf(type), doc);
    }

    /** Must be given. */
    public ConfigKey<T> require() {
        return new ConfigKey<>(name, type, doc, true, defaultText, example, since, aliases, advanced, group, min, max);
    }

    /** Holds if nothing is given; as it would be written in a pipeline file. */
    public ConfigKey<T> defaultValue(Object written) {
        String text = written instanceof Enum<?> constant ? ConfigType.kebab(constant) : written.toString();
        return new ConfigKey<>(
                name, type, doc, required, Optional.of(text), example, since, aliases, advanced, group, min, max);
    }

    /** Shown in help. */
    public ConfigKey<T> example(String written) {
        return new ConfigKey<>(
                name,
                type,
                doc,
                required,
                defaultText,
                Optional.of(written),
                since,
                aliases,
                advanced,
                group,
                min,
                max);
    }

    /** The first release that knows it. */
    public ConfigKey<T> since(String release) {
        return new ConfigKey<>(
                name, type, doc, required, defaultText, example, release, aliases, advanced, group, min, max);
    }

    /** A former name, still accepted with a warning. */
    public ConfigKey<T> formerly(String... names) {
        return new ConfigKey<>(
                name, type, doc, required, defaultText, example, since, List.of(names), advanced, group, min, max);
    }

    /** Left out of help unless all is asked for. */
    public ConfigKey<T> advancedOnly() {
        return new ConfigKey<>(name, type, doc, required, defaultText, example, since, aliases, true, group, min, max);
    }

    /** Shown under this heading. */
    public ConfigKey<T> in(String heading) {
        return new ConfigKey<>(
                name, type, doc, required, defaultText, example, since, aliases, advanced, heading, min, max);
    }

    /** The least number, bytes or milliseconds. */
    public ConfigKey<T> min(long least) {
        return new ConfigKey<>(
                name,
                type,
                doc,
                required,
                defaultText,
                example,
                since,
                aliases,
                advanced,
                group,
                Optional.of(least),
                max);
    }

    /** The greatest number, bytes or milliseconds. */
    public ConfigKey<T> max(long greatest) {
        return new ConfigKey<>(
                name,
                type,
                doc,
                required,
                defaultText,
                example,
                since,
                aliases,
                advanced,
                group,
                min,
                Optional.of(greatest));
    }

    /** The value of {@link #defaultText}, if there is one. */
    public Optional<T> defaultValue() {
        return defaultText.map(text -> type.parse(Written.value(type, text)));
    }
}
