package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.StateCodec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A join of three streams that may give rows in which sides are missing; see {@link Join}. Immutable.
 *
 * @param <K> the keys
 * @param <A> the items of the first side
 * @param <B> the items of the second side
 * @param <C> the items of the third side
 */
public final class OuterJoin3<K, A, B, C> {
    private final JoinSpec<K> spec;

    OuterJoin3(JoinSpec<K> spec) {
        this.spec = spec;
    }

    /** What counts of several items of a side; the last one if this is not said. */
    public OuterJoin3<K, A, B, C> insert(InsertMode mode) {
        return new OuterJoin3<>(spec.with(mode));
    }

    /** How waiting items are kept. */
    public OuterJoin3<K, A, B, C> codecs(StateCodec<A> first, StateCodec<B> second, StateCodec<C> third) {
        return new OuterJoin3<>(spec.with(List.of(first, second, third)));
    }

    /** Forgets a key for which no item came for {@code time} by the wall clock. */
    public OuterJoin3<K, A, B, C> timeToLive(Duration time) {
        return new OuterJoin3<>(spec.with(time));
    }

    /** Adds the step, which gives what {@code combiner} makes of one item a side, or none; never of none at all. */
    @SuppressWarnings("unchecked") // each side gives items of its own type
    public <R> KeyedStream<K, R> as(
            String step, Combiner3<Optional<A>, Optional<B>, Optional<C>, ? extends R> combiner) {
        requireNonNull(combiner, "combiner");
        return spec.add(
                step,
                values -> combiner.apply(
                        Optional.ofNullable((A) values[0]), Optional.ofNullable((B) values[1]), Optional.ofNullable((C)
                                values[2])));
    }
}
