package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.StateCodec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A join of two streams that may give rows in which sides are missing; see {@link Join}. Immutable.
 *
 * @param <K> the keys
 * @param <A> the items of the first side
 * @param <B> the items of the second side
 */
public final class OuterJoin2<K, A, B> {
    private final JoinSpec<K> spec;

    OuterJoin2(JoinSpec<K> spec) {
        this.spec = spec;
    }

    /** What counts of several items of a side; the last one if this is not said. */
    public OuterJoin2<K, A, B> insert(InsertMode mode) {
        return new OuterJoin2<>(spec.with(mode));
    }

    /** How waiting items are kept. */
    public OuterJoin2<K, A, B> codecs(StateCodec<A> first, StateCodec<B> second) {
        return new OuterJoin2<>(spec.with(List.of(first, second)));
    }

    /** Forgets a key for which no item came for {@code time} by the wall clock. */
    public OuterJoin2<K, A, B> timeToLive(Duration time) {
        return new OuterJoin2<>(spec.with(time));
    }

    /** Adds the step, which gives what {@code combiner} makes of one item a side, or none; never of none at all. */
    @SuppressWarnings("unchecked") // each side gives items of its own type
    public <R> KeyedStream<K, R> as(
            String step, BiFunction<? super Optional<A>, ? super Optional<B>, ? extends R> combiner) {
        requireNonNull(combiner, "combiner");
        return spec.add(
                step, values -> combiner.apply(Optional.ofNullable((A) values[0]), Optional.ofNullable((B) values[1])));
    }
}
