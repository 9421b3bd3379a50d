package dev.penstock.dataflow.operator;

import static java.util.Objects.requireNonNull;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How the state of a key becomes bytes and comes back: declared with the step, versioned, and never Java serialisation.
 *
 * <p><b>Threads:</b> called from several at once; keep no state of its own.
 *
 * @param <S> the state of one key
 */
public interface StateCodec<S> {
    /** The version that {@link #write} writes, kept with each value. Raise it when the format changes. */
    int version();

    /** Writes {@code state}. */
    void write(S state, DataOutput out) throws IOException;

    /** Reads what {@link #write} wrote in {@code version}; every version ever written is to be read. */
    S read(DataInput in, int version) throws IOException;

    /**
     * Whether states never change after they were put. Then engines may write them later and on another thread; if not,
     * they are written at the barrier, which costs time there.
     */
    default boolean immutableStates() {
        return false;
    }

    /** This codec, where the program promises never to change a state after it was put. */
    default StateCodec<S> withoutChanges() {
        return new UnchangedCodec<>(this);
    }

    /** Truth values. */
    static StateCodec<Boolean> ofBoolean() {
        return SimpleCodecs.BOOLEAN;
    }

    /** Whole numbers of 32 bits. */
    static StateCodec<Integer> ofInt() {
        return SimpleCodecs.INT;
    }

    /** Whole numbers. */
    static StateCodec<Long> ofLong() {
        return SimpleCodecs.LONG;
    }

    /** Numbers with fractions. */
    static StateCodec<Double> ofDouble() {
        return SimpleCodecs.DOUBLE;
    }

    /** Texts. */
    static StateCodec<String> ofString() {
        return SimpleCodecs.STRING;
    }

    /** Bytes. */
    static StateCodec<byte[]> ofBytes() {
        return SimpleCodecs.BYTES;
    }

    /** Points in time, to the nanosecond. */
    static StateCodec<Instant> ofInstant() {
        return SimpleCodecs.INSTANT;
    }

    /** Lengths of time, to the nanosecond. */
    static StateCodec<Duration> ofDuration() {
        return SimpleCodecs.DURATION;
    }

    /** Lists, which come back as {@link java.util.ArrayList}. */
    static <T> StateCodec<List<T>> ofList(StateCodec<T> element) {
        return new NestedCodecs.OfList<>(requireNonNull(element, "element"));
    }

    /** Sets, which come back as {@link java.util.LinkedHashSet}, in the order they had. */
    static <T> StateCodec<Set<T>> ofSet(StateCodec<T> element) {
        return new NestedCodecs.OfSet<>(requireNonNull(element, "element"));
    }

    /** Maps, which come back as {@link java.util.LinkedHashMap}, in the order they had. */
    static <K, V> StateCodec<Map<K, V>> ofMap(StateCodec<K> key, StateCodec<V> value) {
        return new NestedCodecs.OfMap<>(requireNonNull(key, "key"), requireNonNull(value, "value"));
    }

    /** Values that may be missing. */
    static <T> StateCodec<Optional<T>> ofOptional(StateCodec<T> value) {
        return new NestedCodecs.OfOptional<>(requireNonNull(value, "value"));
    }

    /** Two values, neither of them null. */
    static <A, B> StateCodec<Map.Entry<A, B>> ofPair(StateCodec<A> first, StateCodec<B> second) {
        return new NestedCodecs.OfPair<>(requireNonNull(first, "first"), requireNonNull(second, "second"));
    }

    /**
     * Values that say themselves what they are; what steps use if no codec is declared. It takes
     *
     * <ul>
     *   <li>numbers, Boolean, Character, String, byte[] and arrays of int, long, float and double,
     *       {@link dev.penstock.spi.data.Bytes}, UUID, BigInteger, BigDecimal, and the dates, times and durations of
     *       java.time;
     *   <li>Optional, Map.Entry, lists, sets, maps and ArrayDeques of such, null among their elements; each comes back
     *       as a collection that can be changed and has the same order: ArrayList (LinkedList if it was one), HashSet,
     *       TreeSet (also of an EnumSet) or else LinkedHashSet, and HashMap, TreeMap (also of an EnumMap) or else
     *       LinkedHashMap;
     *   <li>{@link dev.penstock.spi.data.Row}, enums by the names of their constants, and records, which may change as
     *       {@link #ofRecord} says, and are found again by the name of their class.
     * </ul>
     *
     * Anything else is refused with an {@link IncompatibleStateException} when it is written. It is never Java
     * serialisation: no constructor runs but those of records.
     */
    @SuppressWarnings("unchecked") // one codec for all
    static <S> StateCodec<S> ofValues() {
        return (StateCodec<S>) ValueCodec.OF_VALUES;
    }

    /**
     * Records, which may change from release to release. They are kept with the names of their components, of which
     * each holds what {@link #ofValues} takes, also further records, and sealed interfaces of records or enums.
     *
     * <p>When an older state is read, a component that
     *
     * <ul>
     *   <li>was added is 0, false, an empty Optional, or an empty list, set or map if it is declared as {@link List},
     *       {@link Set} or {@link Map}; otherwise null;
     *   <li>was removed is passed over, also if its class is gone;
     *   <li>was moved, or whose record was renamed, is found;
     *   <li>has a wider type gets the same value: a whole number in more bits, BigInteger or BigDecimal; an int or
     *       float as double; a value in an Optional, or, if it is there, out of one;
     *   <li>has any other type is refused with an {@link IncompatibleStateException} that names record and component.
     * </ul>
     *
     * <p>Records that hold nothing that can change are written off the path of rows, see {@link #immutableStates}.
     *
     * @throws IllegalArgumentException if {@code type} is neither a record nor a sealed interface, or its module does
     *     not open it to this one
     */
    static <R> StateCodec<R> ofRecord(Class<R> type) {
        requireNonNull(type, "type");
        if (!type.isRecord() && !type.isSealed()) {
            throw new IllegalArgumentException("Cannot keep '" + type.getName()
                    + "' as a record: it is none; make it one, or a sealed interface of records, or declare a codec");
        }
        return new ValueCodec<>(ValueType.of(type));
    }
}
