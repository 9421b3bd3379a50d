package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.StateCodec;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A join as a program puts it together.
 *
 * @param codecs of the items of each side
 */
record JoinSpec<K>(
        List<KeyedStream<K, ?>> sides,
        InsertMode insert,
        EmitMode emit,
        List<StateCodec<?>> codecs,
        Optional<Duration> timeToLive) {
    JoinSpec {
        sides = List.copyOf(sides);
        requireNonNull(insert, "insert");
        requireNonNull(emit, "emit");
        codecs = List.copyOf(codecs);
        if (sides.size() < 2) {
            throw new IllegalArgumentException(
                    "Cannot join " + sides.size() + " streams: a join has at least two sides; give more");
        }
        if (codecs.size() != sides.size()) {
            throw new IllegalArgumentException("Cannot join " + sides.size() + " streams with " + codecs.size()
                    + " codecs: each side has one; give as many");
        }
    }

    static <K> JoinSpec<K> of(List<KeyedStream<K, ?>> sides) {
        List<StateCodec<?>> codecs = Collections.nCopies(sides.size(), StateCodec.ofValues());
        return new JoinSpec<>(sides, InsertMode.LAST, EmitMode.COMPLETE, codecs, Optional.empty());
    }

    JoinSpec<K> with(InsertMode newInsert) {
        return new JoinSpec<>(sides, newInsert, emit, codecs, timeToLive);
    }

    JoinSpec<K> with(EmitMode newEmit) {
        return new JoinSpec<>(sides, insert, newEmit, codecs, timeToLive);
    }

    JoinSpec<K> with(List<StateCodec<?>> newCodecs) {
        return new JoinSpec<>(sides, insert, emit, newCodecs, timeToLive);
    }

    JoinSpec<K> with(Duration newTimeToLive) {
        return new JoinSpec<>(sides, insert, emit, codecs, Optional.of(newTimeToLive));
    }

    /** Adds the step, which gives what {@code combiner} makes of one item a side, null where there is none. */
    <R> KeyedStream<K, R> add(String step, Function<@Nullable Object[], ? extends R> combiner) {
        KeyedStream<K, ?> first = sides.get(0);
        State<JoinSides> state = new State<>(JoinSides.codec(codecs), timeToLive);
        String id = first.flow()
                .keyed(
                        step,
                        sides,
                        full -> ItemStep.of(full, state, sides, () -> new JoinOperator<R>(this, combiner))
                                .as("join"));
        return new KeyedStream<>(first.flow(), id, first.keyType());
    }
}
