package org.apache.hadoop.conf;

import static java.util.Objects.requireNonNull;

import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Settings by name; what Parquet asks for the level of its codecs. No files are read, and no variables replaced. */
public class Configuration implements Iterable<Map.Entry<String, String>> {
    private final Map<String, String> values = new ConcurrentHashMap<>();

    /** No settings. */
    public Configuration() {}

    /** No settings, with or without defaults, of which there are none. */
    public Configuration(boolean loadDefaults) {}

    /** The settings of {@code other} as they are now. */
    public Configuration(Configuration other) {
        values.putAll(other.values);
    }

    /** The setting {@code name}, or null. */
    public @Nullable String get(String name) {
        return values.get(requireNonNull(name, "name"));
    }

    /** The setting {@code name}, or {@code otherwise}. */
    public @Nullable String get(String name, @Nullable String otherwise) {
        String value = get(name);
        return value == null ? otherwise : value;
    }

    /** The setting {@code name} without spaces around it, or null. */
    public @Nullable String getTrimmed(String name) {
        String value = get(name);
        return value == null ? null : value.trim();
    }

    /** The setting {@code name} without spaces around it, or {@code otherwise}. */
    public @Nullable String getTrimmed(String name, @Nullable String otherwise) {
        String value = getTrimmed(name);
        return value == null ? otherwise : value;
    }

    /** The setting {@code name} as a number, or {@code otherwise}. */
    public int getInt(String name, int otherwise) {
        String value = getTrimmed(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }

    /** The setting {@code name} as a number, or {@code otherwise}. */
    public long getLong(String name, long otherwise) {
        String value = getTrimmed(name);
        return value == null ? otherwise : Long.parseLong(value);
    }

    /** The setting {@code name} as a number, or {@code otherwise}. */
    public float getFloat(String name, float otherwise) {
        String value = getTrimmed(name);
        return value == null ? otherwise : Float.parseFloat(value);
    }

    /** The setting {@code name} as a number, or {@code otherwise}. */
    public double getDouble(String name, double otherwise) {
        String value = getTrimmed(name);
        return value == null ? otherwise : Double.parseDouble(value);
    }

    /** The setting {@code name} as true or false, or {@code otherwise} if it is neither. */
    public boolean getBoolean(String name, boolean otherwise) {
        String value = getTrimmed(name);
        if ("true".equalsIgnoreCase(value)) {
            return true;
        }
        return "false".equalsIgnoreCase(value) ? false : otherwise;
    }

    /** The setting {@code name} cut at its commas, or {@code otherwise}. */
    public String[] getStrings(String name, String... otherwise) {
        String value = get(name);
        return value == null ? otherwise : value.split(",", -1);
    }

    /** The class that the setting {@code name} names, or {@code otherwise}. */
    public Class<?> getClass(String name, Class<?> otherwise) {
        String value = getTrimmed(name);
        try {
            return value == null ? otherwise : getClassByName(value);
        } catch (ClassNotFoundException e) {
            throw new IllegalArgumentException("Cannot find the class '" + value + "' of setting '" + name + "'", e);
        }
    }

    /** The class that the setting {@code name} names, or {@code otherwise}; a kind of {@code kind}. */
    public <U> Class<? extends U> getClass(String name, Class<? extends U> otherwise, Class<U> kind) {
        return getClass(name, otherwise).asSubclass(kind);
    }

    /** The class called {@code name}. */
    public Class<?> getClassByName(String name) throws ClassNotFoundException {
        return Class.forName(name, true, getClassLoader());
    }

    /** Where classes that settings name are looked for: beside this one. */
    public ClassLoader getClassLoader() {
        return requireNonNull(Configuration.class.getClassLoader(), "class loader");
    }

    /** Sets {@code name} to {@code value}. */
    public void set(String name, String value) {
        values.put(requireNonNull(name, "name"), requireNonNull(value, "value"));
    }

    /** Sets {@code name} to {@code value}. */
    public void setBoolean(String name, boolean value) {
        set(name, Boolean.toString(value));
    }

    /** Sets {@code name} to {@code value}. */
    public void setInt(String name, int value) {
        set(name, Integer.toString(value));
    }

    /** Sets {@code name} to {@code value}. */
    public void setLong(String name, long value) {
        set(name, Long.toString(value));
    }

    /** Sets {@code name} to {@code all}, with commas between. */
    public void setStrings(String name, String... all) {
        set(name, String.join(",", all));
    }

    /** Sets {@code name} to the name of {@code value}, which is a kind of {@code kind}. */
    public void setClass(String name, Class<?> value, Class<?> kind) {
        set(name, value.asSubclass(kind).getName());
    }

    /** Forgets {@code name}. */
    public void unset(String name) {
        values.remove(name);
    }

    @Override
    public Iterator<Map.Entry<String, String>> iterator() {
        return values.entrySet().iterator();
    }
}
