package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.StateCodec;
import java.util.function.Function;

/**
 * A join of any number of streams in windows, see {@link WindowJoin2}. Immutable.
 *
 * @param <K> the keys
 */
public final class WindowJoinAll<K> {
    private final WindowJoinSpec<K> spec;

    WindowJoinAll(WindowJoinSpec<K> spec) {
        this.spec = spec;
    }

    /** What counts of several items of a side. */
    public WindowJoinAll<K> insert(InsertMode mode) {
        return new WindowJoinAll<>(spec.with(mode));
    }

    /** When rows are given. */
    public WindowJoinAll<K> emit(EmitMode mode) {
        return new WindowJoinAll<>(spec.with(mode));
    }

    /** Adds a side. */
    public <V> WindowJoinAll<K> join(KeyedStream<K, V> other, Clock<V> clock) {
        return join(other, clock, StateCodec.ofValues());
    }

    /** Adds a side whose items are kept by {@code codec}. */
    public <V> WindowJoinAll<K> join(KeyedStream<K, V> other, Clock<V> clock, StateCodec<V> codec) {
        return new WindowJoinAll<>(spec.with(new WindowJoinSpec.Side<>(other, clock, codec)));
    }

    /** Adds the step, which gives what {@code combiner} makes of each row. */
    public <R> Windowed<K, Object, R> as(String step, Function<? super Joined, ? extends R> combiner) {
        requireNonNull(combiner, "combiner");
        return spec.add(step, values -> combiner.apply(Joined.of(values)));
    }
}
