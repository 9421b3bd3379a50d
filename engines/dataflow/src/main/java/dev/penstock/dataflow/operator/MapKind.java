package dev.penstock.dataflow.operator;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * As what maps come back; see {@link CollectionKind}. Behind the tag stand a count and the keys, each with its value.
 */
enum MapKind {
    MAP(80, LinkedHashMap.class, LinkedHashMap::new),
    HASH_MAP(81, HashMap.class, HashMap::new),
    SORTED_MAP(82, TreeMap.class, TreeMap::new);

    private final byte tag;
    private final Class<?> type;

    @SuppressWarnings("ImmutableEnumChecker") // it makes, and keeps nothing
    private final Supplier<Map<@Nullable Object, @Nullable Object>> maker;

    MapKind(int tag, Class<?> type, Supplier<Map<@Nullable Object, @Nullable Object>> maker) {
        this.tag = (byte) tag;
        this.type = type;
        this.maker = maker;
    }

    /** The kind of {@code map}, or null if nothing would come back as it was. */
    static @Nullable MapKind of(Map<?, ?> map) {
        if (map instanceof SortedMap<?, ?> sorted) {
            return sorted.comparator() == null ? SORTED_MAP : null;
        }
        if (map instanceof EnumMap) {
            return SORTED_MAP;
        }
        return map instanceof HashMap && !(map instanceof LinkedHashMap) ? HASH_MAP : MAP;
    }

    /** The kind behind {@code tag}, or null if there is none. */
    static @Nullable MapKind behind(byte tag) {
        return tag >= MAP.tag && tag <= SORTED_MAP.tag ? values()[tag - MAP.tag] : null;
    }

    byte tag() {
        return tag;
    }

    /** The class of what comes back. */
    Class<?> type() {
        return type;
    }

    Map<@Nullable Object, @Nullable Object> make() {
        return maker.get();
    }
}
