package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * How keys of a Java type are written where state is kept: as a value of a type that every engine and release
 * understands. Two keys are the same if their values are.
 *
 * @param <K> the keys
 */
public final class KeyType<K> {
    private static final KeyType<String> TEXT = new KeyType<>(key -> key, value -> (String) value);
    private static final KeyType<Long> INT64 = new KeyType<>(key -> key, value -> (Long) value);
    private static final KeyType<Integer> INT32 =
            new KeyType<>(Integer::longValue, value -> Math.toIntExact((Long) value));

    private final Function<K, Object> toValue;
    private final Function<Object, K> fromValue;

    private KeyType(Function<K, Object> toValue, Function<Object, K> fromValue) {
        this.toValue = requireNonNull(toValue, "toValue");
        this.fromValue = requireNonNull(fromValue, "fromValue");
    }

    /** Texts; what {@code keyBy} takes if no type is given. */
    public static KeyType<String> text() {
        return TEXT;
    }

    /** Whole numbers of 64 bits. */
    public static KeyType<Long> int64() {
        return INT64;
    }

    /** Whole numbers of 32 bits; equal to those of 64 bits. */
    public static KeyType<Integer> int32() {
        return INT32;
    }

    /**
     * Keys that texts stand for.
     *
     * @param toText gives different texts for different keys, and always the same for the same
     * @param fromText gives the key back
     */
    public static <K> KeyType<K> of(Function<K, String> toText, Function<String, K> fromText) {
        return new KeyType<>(toText::apply, value -> fromText.apply((String) value));
    }

    /** Ids of 128 bits. */
    public static KeyType<UUID> uuid() {
        return of(UUID::toString, UUID::fromString);
    }

    /** Constants of an enum, by their names. */
    public static <E extends Enum<E>> KeyType<E> ofEnum(Class<E> type) {
        requireNonNull(type, "type");
        return of(Enum::name, name -> Enum.valueOf(type, name));
    }

    /**
     * Keys of several texts, such as records of country and city.
     *
     * @param toParts gives different lists for different keys
     * @param fromParts gives the key back
     */
    public static <K> KeyType<K> ofParts(Function<K, List<String>> toParts, Function<List<String>, K> fromParts) {
        return of(key -> KeyParts.join(toParts.apply(key)), text -> fromParts.apply(KeyParts.split(text)));
    }

    /** The value that stands for {@code key}: a String or a Long. */
    Object value(K key) {
        return toValue.apply(key);
    }

    /** The key that {@code value} stands for. */
    K key(Object value) {
        return fromValue.apply(value);
    }
}
