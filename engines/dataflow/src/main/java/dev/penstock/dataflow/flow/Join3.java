package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.StateCodec;
import java.time.Duration;
import java.util.List;

/**
 * A join of three streams that gives a row when each side has an item; see {@link Join}. Immutable.
 *
 * @param <K> the keys
 * @param <A> the items of the first side
 * @param <B> the items of the second side
 * @param <C> the items of the third side
 */
public final class Join3<K, A, B, C> {
    private final JoinSpec<K> spec;

    Join3(JoinSpec<K> spec) {
        this.spec = spec;
    }

    /** What counts of several items of a side; the last one if this is not said. */
    public Join3<K, A, B, C> insert(InsertMode mode) {
        return new Join3<>(spec.with(mode));
    }

    /** When rows are given, in which sides may be missing from now on. */
    public OuterJoin3<K, A, B, C> emit(EmitMode mode) {
        return new OuterJoin3<>(spec.with(mode));
    }

    /** How waiting items are kept. */
    public Join3<K, A, B, C> codecs(StateCodec<A> first, StateCodec<B> second, StateCodec<C> third) {
        return new Join3<>(spec.with(List.of(first, second, third)));
    }

    /** Forgets a key for which no item came for {@code time} by the wall clock. */
    public Join3<K, A, B, C> timeToLive(Duration time) {
        return new Join3<>(spec.with(time));
    }

    /** Adds the step, which gives what {@code combiner} makes of one item a side. */
    @SuppressWarnings("unchecked") // each side gives items of its own type
    public <R> KeyedStream<K, R> as(String step, Combiner3<A, B, C, ? extends R> combiner) {
        requireNonNull(combiner, "combiner");
        return spec.add(
                step,
                values -> combiner.apply(
                        (A) requireNonNull(values[0]), (B) requireNonNull(values[1]), (C) requireNonNull(values[2])));
    }
}
