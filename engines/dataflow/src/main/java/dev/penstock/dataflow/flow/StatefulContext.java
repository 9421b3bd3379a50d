package dev.penstock.dataflow.flow;

import dev.penstock.dataflow.operator.Timer;
import java.time.Instant;
import java.util.Optional;

/**
 * What logic can see and do while it is called for a key; valid during the call only.
 *
 * @param <K> the keys
 * @param <S> the state of one key
 * @param <R> what is emitted
 */
public interface StatefulContext<K, S, R> {
    /** The key. */
    K key();

    /** The state of the key, if it has any. */
    Optional<S> state();

    /** Keeps {@code state}; also to be called after a mutable state was changed in place, or the change is lost. */
    void put(S state);

    /** Forgets the state. Timers stay; a key with neither costs nothing. */
    void drop();

    /** Asks for a call of {@code onTimer}; asking twice for the same timer is asking once. */
    void setTimer(Timer timer);

    /** Takes a timer back; does nothing if there is none. */
    void cancelTimer(Timer timer);

    /**
     * No item with an earlier event time is expected any more: {@link Instant#MIN} before anything is known,
     * {@link Instant#MAX} at the end of bounded inputs. It never goes back, also not over restarts.
     */
    Instant watermark();

    /** The wall clock when the batch arrived or the timer was due; the same for all keys of a batch. */
    Instant now();

    /** Gives {@code item} to the steps behind, under the same key. */
    void emit(R item);
}
