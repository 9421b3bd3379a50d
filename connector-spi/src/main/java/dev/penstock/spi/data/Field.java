package dev.penstock.spi.data;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.TreeMap;

/**
 * A named column of a schema.
 *
 * @param name the name, unique in its schema, compared with case
 * @param type what its values mean
 * @param nullable whether a value may be missing
 * @param metadata what travels with the field and does not change its values, for example the model that made a vector
 */
public record Field(String name, DataType type, boolean nullable, Map<String, String> metadata) {
    public Field {
        requireNonNull(name, "name");
        requireNonNull(type, "type");
        metadata = Map.copyOf(metadata);
    }

    /** A nullable field without metadata. */
    public static Field of(String name, DataType type) {
        return new Field(name, type, true, Map.of());
    }

    /** A field that never is null, without metadata. */
    public static Field required(String name, DataType type) {
        return new Field(name, type, false, Map.of());
    }

    /**
     * The field that a pipeline file writes as a name and a type: {@code int64}, or {@code int64!} if it never is null.
     *
     * @throws IllegalArgumentException if {@code type} is none
     */
    public static Field parse(String name, String type) {
        return type.endsWith("!")
                ? required(name, TypeParser.parse(type.substring(0, type.length() - 1)))
                : of(name, TypeParser.parse(type));
    }

    /** The type as {@link #parse} reads it. */
    public String typeText() {
        return type.text() + (nullable ? "" : "!");
    }

    /** This field under another name. */
    public Field named(String newName) {
        return new Field(newName, type, nullable, metadata);
    }

    /** This field with another type. */
    public Field typed(DataType newType) {
        return new Field(name, newType, nullable, metadata);
    }

    /** This field with {@code key} set to {@code value} in its metadata. */
    public Field with(String key, String value) {
        Map<String, String> changed = new TreeMap<>(metadata);
        changed.put(key, value);
        return new Field(name, type, nullable, changed);
    }
}
