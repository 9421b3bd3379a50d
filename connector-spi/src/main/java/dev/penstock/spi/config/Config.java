package dev.penstock.spi.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Settings that passed their {@link ConfigSpec}: typed, complete, defaults filled in.
 *
 * <p>A connector binds it to a record of its own in one place. {@link #toString} shows no secret.
 */
public final class Config {
    private final Map<String, Object> values;
    private final Path baseDirectory;

    Config(Map<String, Object> values) {
        this(values, Path.of(""));
    }

    private Config(Map<String, Object> values, Path baseDirectory) {
        this.values = Map.copyOf(values);
        this.baseDirectory = baseDirectory;
    }

    /**
     * The value of {@code key}.
     *
     * @throws IllegalStateException if it was not given and has no default: ask {@link #find} for such keys
     */
    public <T> T get(ConfigKey<T> key) {
        return find(key)
                .orElseThrow(
                        () -> new IllegalStateException("Cannot read setting '" + key.name() + "': it was not given"));
    }

    /** The value of {@code key}, given or default. */
    @SuppressWarnings("unchecked") // the spec put in what the key's type parsed
    public <T> Optional<T> find(ConfigKey<T> key) {
        return Optional.ofNullable((T) values.get(key.name()));
    }

    /** This config with {@code key} set to {@code value}: for engines that complete what the pipeline left open. */
    public <T> Config with(ConfigKey<T> key, T value) {
        Map<String, Object> changed = new HashMap<>(values);
        changed.put(key.name(), requireNonNull(value, "value"));
        return new Config(changed, baseDirectory);
    }

    /**
     * Where relative paths of these settings start, for what must be read before anything is open, such as the columns
     * that a file describes; the working directory unless a planner has said otherwise.
     */
    public Path baseDirectory() {
        return baseDirectory;
    }

    /** The same settings with their relative paths starting at {@code directory}. */
    public Config in(Path directory) {
        return new Config(values, requireNonNull(directory, "directory"));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Config that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** The settings for people, secrets hidden. */
    @Override
    public String toString() {
        return new TreeMap<>(values).toString();
    }
}
