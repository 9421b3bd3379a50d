package dev.penstock.dataflow.operator;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * As what collections come back: one that can be changed and gives its elements in the same order, also after more are
 * added. Behind the tag stand a count and the elements. Tags never change.
 */
enum CollectionKind {
    LIST(70, ArrayList.class, ArrayList::new),
    @SuppressWarnings("JdkObsolete") // it comes back as it was
    LINKED_LIST(71, LinkedList.class, LinkedList::new),
    DEQUE(72, ArrayDeque.class, ArrayDeque::new),
    SET(73, LinkedHashSet.class, LinkedHashSet::new),
    HASH_SET(74, HashSet.class, HashSet::new),
    SORTED_SET(75, TreeSet.class, TreeSet::new);

    private final byte tag;
    private final Class<?> type;

    @SuppressWarnings("ImmutableEnumChecker") // it makes, and keeps nothing
    private final Supplier<Collection<@Nullable Object>> maker;

    CollectionKind(int tag, Class<?> type, Supplier<Collection<@Nullable Object>> maker) {
        this.tag = (byte) tag;
        this.type = type;
        this.maker = maker;
    }

    /** The kind of {@code values}, or null if nothing would come back as it was. */
    static @Nullable CollectionKind of(Collection<?> values) {
        if (values instanceof List) {
            return values instanceof LinkedList ? LINKED_LIST : LIST;
        }
        if (values instanceof SortedSet<?> sorted) {
            return sorted.comparator() == null ? SORTED_SET : null;
        }
        if (values instanceof EnumSet) {
            return SORTED_SET;
        }
        if (values instanceof Set) {
            return values instanceof HashSet && !(values instanceof LinkedHashSet) ? HASH_SET : SET;
        }
        return values instanceof ArrayDeque ? DEQUE : null;
    }

    /** The kind behind {@code tag}, or null if there is none. */
    static @Nullable CollectionKind behind(byte tag) {
        return tag >= LIST.tag && tag <= SORTED_SET.tag ? values()[tag - LIST.tag] : null;
    }

    byte tag() {
        return tag;
    }

    /** The class of what comes back. */
    Class<?> type() {
        return type;
    }

    Collection<@Nullable Object> make() {
        return maker.get();
    }
}
