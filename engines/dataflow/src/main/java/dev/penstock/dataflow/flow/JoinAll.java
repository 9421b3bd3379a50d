package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.StateCodec;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * A join of any number of streams; see {@link Join}. Immutable.
 *
 * @param <K> the keys
 */
public final class JoinAll<K> {
    private final JoinSpec<K> spec;

    JoinAll(JoinSpec<K> spec) {
        this.spec = spec;
    }

    /** What counts of several items of a side; the last one if this is not said. */
    public JoinAll<K> insert(InsertMode mode) {
        return new JoinAll<>(spec.with(mode));
    }

    /** When rows are given; when they are complete if this is not said. */
    public JoinAll<K> emit(EmitMode mode) {
        return new JoinAll<>(spec.with(mode));
    }

    /** How waiting items are kept: a codec a side. */
    public JoinAll<K> codecs(List<? extends StateCodec<?>> sides) {
        return new JoinAll<>(spec.with(List.copyOf(sides)));
    }

    /** Forgets a key for which no item came for {@code time} by the wall clock. */
    public JoinAll<K> timeToLive(Duration time) {
        return new JoinAll<>(spec.with(time));
    }

    /** Adds the step, which gives what {@code combiner} makes of each row. */
    public <R> KeyedStream<K, R> as(String step, Function<? super Joined, ? extends R> combiner) {
        requireNonNull(combiner, "combiner");
        return spec.add(step, values -> combiner.apply(Joined.of(values)));
    }
}
