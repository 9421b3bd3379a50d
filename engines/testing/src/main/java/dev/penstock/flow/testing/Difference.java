package dev.penstock.flow.testing;

import dev.penstock.flow.testing.TestBed.Collected;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The first thing in which two beds differ, for people. */
final class Difference {
    private Difference() {}

    static Optional<String> first(TestBed expected, TestBed actual) {
        for (Map.Entry<String, Collected<?>> sink : expected.sinks().entrySet()) {
            Collected<?> other = actual.sinks().get(sink.getKey());
            Map<Object, List<Object>> found = other == null ? Map.of() : other.results();
            Optional<String> difference = first(sink.getValue().results(), found);
            if (difference.isPresent()) {
                return Optional.of("in sink '" + sink.getKey() + "', " + difference.get());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> first(Map<Object, List<Object>> expected, Map<Object, List<Object>> actual) {
        for (Map.Entry<Object, List<Object>> key : expected.entrySet()) {
            List<Object> found = actual.getOrDefault(key.getKey(), List.of());
            if (!found.equals(key.getValue())) {
                return Optional.of("of '" + key.getKey() + "', " + first(key.getValue(), found));
            }
        }
        return actual.entrySet().stream()
                .filter(key -> !expected.containsKey(key.getKey()))
                .findFirst()
                .map(key -> "of '" + key.getKey() + "', " + first(List.of(), key.getValue()));
    }

    private static String first(List<Object> expected, List<Object> actual) {
        int index = 0;
        while (index < Math.min(expected.size(), actual.size())
                && expected.get(index).equals(actual.get(index))) {
            index++;
        }
        return "item " + (index + 1) + " is " + at(actual, index) + " instead of " + at(expected, index);
    }

    private static String at(List<Object> items, int index) {
        return index < items.size() ? "'" + items.get(index) + "'" : "missing";
    }
}
