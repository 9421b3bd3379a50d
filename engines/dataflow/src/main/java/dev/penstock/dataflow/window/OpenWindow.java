package dev.penstock.dataflow.window;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A window of one key, and what is kept of it. Valid while it is handed over; times in microseconds since 1970. */
public final class OpenWindow {
    private WindowTimes times;

    /** How many items it has got, those of merged windows among them. */
    int items;

    /** How many items it had when a trigger fired last. */
    int itemsFired;

    /** Whether it has closed, and was not changed by a late item since. */
    boolean closed;

    /** Whether its results were given out when it closed. */
    boolean emitted;

    /** What the step's {@link WindowLogic} keeps; null before the first item. */
    @Nullable Object accumulator;

    OpenWindow(WindowTimes times) {
        this.times = times;
    }

    /** Its id, see {@link Windower}. */
    public long id() {
        return times.id;
    }

    /** When it begins; for sessions and windows of a number of items, the time of the first item. */
    public long openTime() {
        return times.openTime();
    }

    /** Where it ends, exclusive; for sessions and windows of a number of items, the time of the last item. */
    public long closeTime() {
        return times.closeTime();
    }

    /** The watermark that closes it: {@link Long#MAX_VALUE} if only the end does. */
    long closesAt() {
        return times.closesAt();
    }

    /** The ids of the windows that have become part of it. */
    long[] mergedIds() {
        return times.mergedIds();
    }

    /** Gives it other times. */
    void change(long openTime, long closeTime, long closesAt) {
        times = times.changed(openTime, closeTime, closesAt);
    }

    /** The times and ids for people. */
    public WindowMetadata metadata() {
        return times.metadata();
    }

    /** When its results happened: as late as any of its items can be, so that the next step does not find them late. */
    public long resultTime() {
        long closesAt = times.closesAt();
        boolean endless = closesAt == Long.MAX_VALUE || closesAt == KeyWindows.AT_ONCE;
        return endless ? times.closeTime() : closesAt - 1;
    }

    /** Whether it has items that no firing has given out. */
    boolean isChanged() {
        return !closed && items > itemsFired;
    }

    boolean isFull() {
        return times.closesAt() == KeyWindows.AT_ONCE;
    }

    /**
     * The last watermark at which a late item is taken. A window whose end is exclusive is kept until the watermark is
     * behind its end, one whose last item is inclusive until it is behind what closed it but one.
     */
    long graceEnd(long allowedLateness) {
        return graceEnd(times, allowedLateness);
    }

    static long graceEnd(WindowTimes times, long allowedLateness) {
        long closesAt = times.closesAt();
        long end = closesAt == times.closeTime() ? closesAt : closesAt - 1;
        return closesAt == Long.MAX_VALUE ? closesAt : Micros.plus(end, allowedLateness);
    }

    /** Takes the times and the number of items of {@code other}; accumulators are up to the caller. */
    void absorb(OpenWindow other) {
        long[] mine = mergedIds();
        long[] theirs = other.mergedIds();
        long[] merged = Arrays.copyOf(mine, mine.length + 1 + theirs.length);
        merged[mine.length] = other.id();
        System.arraycopy(theirs, 0, merged, mine.length + 1, theirs.length);
        Arrays.sort(merged);
        times = times.merged(merged);
        items += other.items;
        itemsFired = Math.min(itemsFired + other.itemsFired, items);
        emitted |= other.emitted;
        closed = false;
    }
}
