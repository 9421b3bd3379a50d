package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.StateCodec;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * A join of two streams in windows. If nothing else is said, the last item of each side counts and rows are given when
 * the window closes, also if a side is missing. Immutable.
 *
 * @param <K> the keys
 * @param <A> the items of the first side
 * @param <B> the items of the second side
 */
public final class WindowJoin2<K, A, B> {
    private final WindowJoinSpec<K> spec;

    WindowJoin2(WindowJoinSpec<K> spec) {
        this.spec = spec;
    }

    /**
     * What counts of several items of a side. In an ordered step, first and last are by the time of items; in one that
     * is not, by their arrival, and where sessions merge the earlier session has what is first.
     */
    public WindowJoin2<K, A, B> insert(InsertMode mode) {
        return new WindowJoin2<>(spec.with(mode));
    }

    /**
     * When rows are given: when the window closes, as soon as it is complete, after which it begins anew, or after each
     * item.
     */
    public WindowJoin2<K, A, B> emit(EmitMode mode) {
        return new WindowJoin2<>(spec.with(mode));
    }

    /** Adds a third side. */
    public <C> WindowJoinAll<K> join(KeyedStream<K, C> other, Clock<C> clock) {
        return new WindowJoinAll<K>(spec).join(other, clock, StateCodec.ofValues());
    }

    /** Adds the step, which gives what {@code combiner} makes of one item a side, or none; never of none at all. */
    @SuppressWarnings("unchecked") // each side gives items of its own type
    public <R> Windowed<K, Object, R> as(
            String step, BiFunction<? super Optional<A>, ? super Optional<B>, ? extends R> combiner) {
        requireNonNull(combiner, "combiner");
        return spec.add(
                step, values -> combiner.apply(Optional.ofNullable((A) values[0]), Optional.ofNullable((B) values[1])));
    }
}
