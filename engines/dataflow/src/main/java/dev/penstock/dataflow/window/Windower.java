package dev.penstock.dataflow.window;

import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Decides which windows items belong to, by their times and by what windows of their key are open. {@link Windows} has
 * the usual ones; others are written by implementing this.
 *
 * <p>Immutable: all it knows of a key stands in the {@link KeyWindows} it is handed, which the engine keeps with the
 * state and brings back after a crash. So there is nothing to serialise.
 *
 * <p><b>Order of calls:</b> {@code openFor} for each item that is on time, in the order of time if the step is ordered;
 * then the value is added to the windows that were chosen, then windows are merged. The engine closes a window when the
 * watermark reaches the time that {@link KeyWindows} was given for it. <b>Threads:</b> several at once, on different
 * keys.
 */
public interface Windower {
    /** The id that late items have for windows that cannot be told any more. */
    long NO_WINDOW = -1;

    /** Finds or opens the windows of an item, by the methods of {@code windows}, which is valid during the call. */
    void openFor(long time, KeyWindows windows);

    /** Gives the ids of the windows that an item would have had that came too late. */
    void lateFor(long time, LongConsumer ids);

    /**
     * A time before which no window closes that an item of {@code time} opens; never before that of an earlier item.
     * Until then an item that waits for its turn may be left to wait, which saves calls. Its own time if nothing better
     * is known, as for windows that an item may fill.
     */
    default long closesAfter(long time) {
        return time;
    }

    /**
     * How long after the last window of a key its number is remembered, so that the next has another one. Zero if ids
     * come from the time alone: then a key without windows is forgotten at once.
     */
    default Duration rememberFor() {
        return Duration.ZERO;
    }
}
