package dev.penstock.spi.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The named, typed columns of a batch, in order.
 *
 * <p>Two schemas are equal if their fields and keys are.
 */
public final class Schema {
    private final List<Field> fields;
    private final List<String> key;
    private final Map<String, Integer> indexes;

    /**
     * A schema of {@code fields} without a key.
     *
     * @throws IllegalArgumentException if two fields have one name
     */
    public Schema(List<Field> fields) {
        this(fields, List.of());
    }

    /**
     * A schema whose rows are told apart by {@code key}.
     *
     * @throws IllegalArgumentException if two fields have one name, or a key column is not among the fields
     */
    public Schema(List<Field> fields, List<String> key) {
        this.fields = List.copyOf(fields);
        this.key = List.copyOf(key);
        this.indexes = new HashMap<>();
        for (int i = 0; i < this.fields.size(); i++) {
            if (indexes.put(this.fields.get(i).name(), i) != null) {
                throw new IllegalArgumentException("Cannot make a schema with two columns named '"
                        + this.fields.get(i).name() + "'; rename one of them");
            }
        }
        key.forEach(this::indexOf);
    }

    /** A schema of {@code fields} without a key. */
    public static Schema of(Field... fields) {
        return new Schema(List.of(fields));
    }

    /** The fields in order. */
    public List<Field> fields() {
        return fields;
    }

    /** The names of the columns that tell rows apart; empty if the source knows none. */
    public List<String> key() {
        return key;
    }

    /** The same fields with another key. */
    public Schema withKey(List<String> newKey) {
        return new Schema(fields, newKey);
    }

    /** The number of columns. */
    public int size() {
        return fields.size();
    }

    /** The field at {@code index}. */
    public Field field(int index) {
        return fields.get(index);
    }

    /** The field named {@code name}; throws as {@link #indexOf}. */
    public Field field(String name) {
        return fields.get(indexOf(name));
    }

    /** Where {@code name} stands, if it is a column here. */
    public OptionalInt find(String name) {
        Integer index = indexes.get(name);
        return index == null ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /**
     * Where {@code name} stands.
     *
     * @throws IllegalArgumentException naming the columns there are
     */
    public int indexOf(String name) {
        return find(name)
                .orElseThrow(() ->
                        new IllegalArgumentException("Cannot find column '" + name + "': the columns are " + names()));
    }

    /** The names of the columns, in order. */
    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /** The columns at {@code columns}, in that order; key columns that are left out are left out of the key too. */
    public Schema project(int... columns) {
        List<Field> kept = IntStream.of(columns).mapToObj(fields::get).toList();
        List<String> names = kept.stream().map(Field::name).toList();
        return new Schema(kept, names.containsAll(key) ? key : List.of());
    }

    /** This schema with {@code field} in the place of the column of that name, or at the end if there is none. */
    public Schema with(Field field) {
        List<Field> changed = new ArrayList<>(fields);
        OptionalInt index = find(field.name());
        if (index.isPresent()) {
            changed.set(index.getAsInt(), field);
        } else {
            changed.add(field);
        }
        return new Schema(changed, key);
    }

    @Override
    public boolean equals(Object other) {
        return this == other || (other instanceof Schema that && fields.equals(that.fields) && key.equals(that.key));
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** The schema for people: {@code name: type, ...}, {@code !} marking columns that are never null. */
    @Override
    public String toString() {
        return fields.stream()
                .map(field -> field.name() + ": " + field.type().text() + (field.nullable() ? "" : "!"))
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
