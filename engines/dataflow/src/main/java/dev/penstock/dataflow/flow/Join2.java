package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.StateCodec;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A join of two streams that gives a row when each side has an item; see {@link Join}. Immutable.
 *
 * @param <K> the keys
 * @param <A> the items of the first side
 * @param <B> the items of the second side
 */
public final class Join2<K, A, B> {
    private final JoinSpec<K> spec;

    Join2(JoinSpec<K> spec) {
        this.spec = spec;
    }

    /** What counts of several items of a side; the last one if this is not said. */
    public Join2<K, A, B> insert(InsertMode mode) {
        return new Join2<>(spec.with(mode));
    }

    /** When rows are given, in which sides may be missing from now on. */
    public OuterJoin2<K, A, B> emit(EmitMode mode) {
        return new OuterJoin2<>(spec.with(mode));
    }

    /** How waiting items are kept. */
    public Join2<K, A, B> codecs(StateCodec<A> first, StateCodec<B> second) {
        return new Join2<>(spec.with(List.of(first, second)));
    }

    /** Forgets a key for which no item came for {@code time} by the wall clock. */
    public Join2<K, A, B> timeToLive(Duration time) {
        return new Join2<>(spec.with(time));
    }

    /** Adds the step, which gives what {@code combiner} makes of one item a side. */
    @SuppressWarnings("unchecked") // each side gives items of its own type
    public <R> KeyedStream<K, R> as(String step, BiFunction<? super A, ? super B, ? extends R> combiner) {
        requireNonNull(combiner, "combiner");
        return spec.add(step, values -> combiner.apply((A) requireNonNull(values[0]), (B) requireNonNull(values[1])));
    }
}
