package dev.penstock.dataflow;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.config.ConfigType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What was written in a pipeline, as values that know their line; the line is 0 where there is none. */
sealed interface Tree {
    /** The line the value starts in. */
    int line();

    /** The value as Java has it: text, numbers, booleans, lists and maps. */
    Object typed();

    /** The value as it was written: texts, and lists and maps of texts. */
    Object texts();

    /** Keys to values, in order. */
    record Mapping(Map<String, Entry> entries, int line) implements Tree {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        Optional<Tree> find(String key) {
            return Optional.ofNullable(entries.get(key)).map(Entry::value);
        }

        /** This mapping with {@code key} set, in its place or at the end. */
        Mapping with(String key, Entry entry) {
            Map<String, Entry> changed = new LinkedHashMap<>(entries);
            changed.put(key, entry);
            return new Mapping(changed, line);
        }

        @Override
        public Map<String, Object> typed() {
            Map<String, Object> values = new LinkedHashMap<>();
            entries.forEach((key, entry) -> values.put(key, entry.value().typed()));
            return values;
        }

        @Override
        public Map<String, Object> texts() {
            Map<String, Object> values = new LinkedHashMap<>();
            entries.forEach((key, entry) -> values.put(key, entry.value().texts()));
            return values;
        }
    }

    /** A value of a mapping and the line of its key. */
    record Entry(int line, Tree value) {}

    /** Values in order. */
    record Sequence(List<Tree> items, int line) implements Tree {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public List<Object> typed() {
            return items.stream().map(Tree::typed).toList();
        }

        @Override
        public List<Object> texts() {
            return items.stream().map(Tree::texts).toList();
        }
    }

    /**
     * One value.
     *
     * @param text after expansion of variables
     * @param typed what {@code text} means in YAML: text, a number or a boolean
     * @param unexpanded what stands in the file, if it names variables: the only thing that may be shown
     */
    record Scalar(String text, Object typed, int line, Optional<String> unexpanded) implements Tree {
        @Override
        public String texts() {
            return text;
        }
    }

    /**
     * A key without a value.
     *
     * @param text as it was written: nothing, {@code ~} or {@code null}
     */
    record Nothing(String text, int line) implements Tree {
        @Override
        public String typed() {
            return "";
        }

        @Override
        public String texts() {
            return "";
        }
    }

    /** What Java code gives: maps, lists, text, numbers, booleans, enums, durations, paths and the like. */
    static Tree of(Object value) {
        requireNonNull(value, "value");
        if (value instanceof Tree tree) {
            return tree;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Entry> entries = new LinkedHashMap<>();
            map.forEach((key, each) -> entries.put(String.valueOf(key), new Entry(0, of(each))));
            return new Mapping(entries, 0);
        }
        if (value instanceof List<?> list) {
            List<Tree> items = new ArrayList<>();
            list.forEach(item -> items.add(of(item)));
            return new Sequence(items, 0);
        }
        return new Scalar(text(value), plain(value), 0, Optional.empty());
    }

    private static String text(Object value) {
        if (value instanceof Enum<?> constant) {
            return ConfigType.kebab(constant);
        }
        return value instanceof BigDecimal number ? number.toPlainString() : value.toString();
    }

    private static Object plain(Object value) {
        if (value instanceof Byte || value instanceof Short || value instanceof Integer) {
            return ((Number) value).longValue();
        }
        if (value instanceof Float || value instanceof BigDecimal) {
            return ((Number) value).doubleValue();
        }
        boolean kept = value instanceof Long
                || value instanceof Double
                || value instanceof Boolean
                || value instanceof BigInteger;
        return kept ? value : text(value);
    }
}
