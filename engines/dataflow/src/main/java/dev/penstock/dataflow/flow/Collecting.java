package dev.penstock.dataflow.flow;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Collections as what folds keep: changed in place, and copied when they are handed out. */
final class Collecting {
    private Collecting() {}

    static <V, C extends Collection<V>> C add(C kept, V item) {
        kept.add(item);
        return kept;
    }

    static <V, C extends Collection<V>> C addAll(C earlier, C later) {
        earlier.addAll(later);
        return earlier;
    }

    static <M, N> Map<M, N> put(Map<M, N> kept, Map.Entry<M, N> entry) {
        kept.put(entry.getKey(), entry.getValue());
        return kept;
    }

    static <M, N> Map<M, N> putAll(Map<M, N> earlier, Map<M, N> later) {
        earlier.putAll(later);
        return earlier;
    }

    /** {@code set}, in its order. */
    static <V> Set<V> copy(Set<V> set) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(set));
    }

    /** {@code map}, in its order. */
    static <M, N> Map<M, N> copy(Map<M, N> map) {
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
