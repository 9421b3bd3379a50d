package dev.penstock.spi.data;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Compares and shows detached values; vectors are arrays, and may stand inside lists and maps. */
final class DeepValues {
    private DeepValues() {}

    static boolean equal(@Nullable Object left, @Nullable Object right) {
        if (left instanceof float[] floats) {
            return right instanceof float[] others && Arrays.equals(floats, others);
        }
        if (left instanceof List<?> list) {
            return right instanceof List<?> others && equalLists(list, others);
        }
        if (left instanceof Map<?, ?> map) {
            return right instanceof Map<?, ?> others && equalMaps(map, others);
        }
        return Objects.equals(left, right);
    }

    private static boolean equalLists(List<?> left, List<?> right) {
        if (left.size() != right.size()) {
            return false;
        }
        for (int i = 0; i < left.size(); i++) {
            if (!equal(left.get(i), right.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean equalMaps(Map<?, ?> left, Map<?, ?> right) {
        return left.size() == right.size()
                && left.entrySet().stream()
                        .allMatch(entry -> right.containsKey(entry.getKey())
                                && equal(entry.getValue(), right.get(entry.getKey())));
    }

    static int hash(@Nullable Object value) {
        if (value instanceof float[] floats) {
            return Arrays.hashCode(floats);
        }
        if (value instanceof List<?> list) {
            int hash = 1;
            for (Object element : list) {
                hash = 31 * hash + hash(element);
            }
            return hash;
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .mapToInt(entry -> Objects.hashCode(entry.getKey()) ^ hash(entry.getValue()))
                    .sum();
        }
        return Objects.hashCode(value);
    }

    static String text(@Nullable Object value) {
        if (value instanceof float[] floats) {
            return Arrays.toString(floats);
        }
        if (value instanceof List<?> list) {
            StringJoiner text = new StringJoiner(", ", "[", "]");
            list.forEach(element -> text.add(text(element)));
            return text.toString();
        }
        if (value instanceof Map<?, ?> map) {
            StringJoiner text = new StringJoiner(", ", "{", "}");
            map.forEach((key, element) -> text.add(key + "=" + text(element)));
            return text.toString();
        }
        return String.valueOf(value);
    }
}
