package dev.penstock.dataflow.flow;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.StateCodec;
import java.time.Duration;
import java.util.Optional;

/**
 * How a step keeps what it knows of a key. Immutable.
 *
 * @param codec how it becomes bytes
 * @param timeToLive how long a key is kept after its state was last put, by the wall clock, after which it is forgotten
 *     with its timers and without a word; empty for until it is dropped
 * @param <S> the state of one key, never null
 */
public record State<S>(StateCodec<S> codec, Optional<Duration> timeToLive) {
    public State {
        requireNonNull(codec, "codec");
        requireNonNull(timeToLive, "timeToLive");
        if (timeToLive.filter(time -> time.toMillis() < 1).isPresent()) {
            throw new IllegalArgumentException("Cannot keep state for " + timeToLive.get()
                    + ": a key needs time between its items; give at least a millisecond");
        }
    }

    /** State that {@code codec} writes, kept until it is dropped. */
    public static <S> State<S> of(StateCodec<S> codec) {
        return new State<>(codec, Optional.empty());
    }

    /** State of the kinds that {@link StateCodec#ofValues} takes, kept until it is dropped. */
    public static <S> State<S> ofValues() {
        return of(StateCodec.ofValues());
    }

    /** State that is a record, which may change as {@link StateCodec#ofRecord} says, kept until it is dropped. */
    public static <S> State<S> ofRecord(Class<S> type) {
        return of(StateCodec.ofRecord(type));
    }

    /** This state, forgotten when nothing was put for {@code time}. */
    public State<S> timeToLive(Duration time) {
        return new State<>(codec, Optional.of(time));
    }
}
