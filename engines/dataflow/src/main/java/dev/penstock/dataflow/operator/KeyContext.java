package dev.penstock.dataflow.operator;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an operator can see and do while it is called for a key; valid during the call only.
 *
 * @param <S> the state of one key
 */
public interface KeyContext<S> {
    /** What {@link #watermark} is before the first row. */
    long NO_WATERMARK = Long.MIN_VALUE;

    /** The key. */
    Key key();

    /** The state of the key, if it has any. */
    Optional<S> state();

    /** Keeps {@code state}; also to be called after a mutable state was changed in place. */
    void put(S state);

    /** Forgets the state; the key costs nothing any more once it has no timers either. */
    void drop();

    /** Asks for a call; asking twice for the same timer is asking once. One that is due already comes soon. */
    void setTimer(Timer timer);

    /** Takes a timer back; does nothing if there is none. */
    void cancelTimer(Timer timer);

    /**
     * No row with an earlier event time is expected any more, in microseconds since 1970; {@link #NO_WATERMARK} if
     * nothing is known, {@link Long#MAX_VALUE} at the end of bounded inputs. Never goes back, also not over restarts.
     */
    long watermark();

    /** The wall clock when the call began, in microseconds since 1970; the same for all keys of a batch. */
    long processingTime();

    /** Whether anybody takes what output {@code output} emits: if not, it need not be made. */
    default boolean isTaken(int output) {
        return true;
    }

    /** Emits an inserted row of detached values by output {@code output}, in the order of its schema. */
    void emit(int output, @Nullable Object... values);

    /**
     * As {@link #emit(int, Object...)}, of something that happened at {@code eventTime}, in microseconds since 1970.
     */
    void emitAt(int output, long eventTime, @Nullable Object... values);

    /**
     * Hands the {@code index}th of {@code rows} on as it is, with its operation, event time and origin, by output
     * {@code output}, whose columns are those of the input.
     */
    void forward(int output, KeyedRows rows, int index);

    /** Tells those who watch the pipeline that {@code rows} more rows came too late; does nothing else. */
    default void countLate(long rows) {}
}
