package dev.penstock.dataflow.window;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A window of one key, and what is kept of it. Valid while it is handed over; times in microseconds since 1970. */
public final class OpenWindow {
    static final long[] NONE_MERGED = {};

    final long id;
    long openTime;
    long closeTime;

    /** The watermark that closes it: {@link Long#MAX_VALUE} if only the end does. */
    long closesAt;

    /** How many items it has got, those of merged windows among them. */
    int items;

    /** How many items it had when a trigger fired last. */
    int itemsFired;

    /** Whether it has closed, and was not changed by a late item since. */
    boolean closed;

    /** Whether its results were given out when it closed. */
    boolean emitted;

    long[] mergedIds = NONE_MERGED;

    /** What the step's {@link WindowLogic} keeps; null before the first item. */
    @Nullable Object accumulator;

    OpenWindow(long id, long openTime, long closeTime, long closesAt) {
        this.id = id;
        this.openTime = openTime;
        this.closeTime = closeTime;
        this.closesAt = closesAt;
    }

    /** Its id, see {@link Windower}. */
    public long id() {
        return id;
    }

    /** When it begins; for sessions and windows of a number of items, the time of the first item. */
    public long openTime() {
        return openTime;
    }

    /** Where it ends, exclusive; for sessions and windows of a number of items, the time of the last item. */
    public long closeTime() {
        return closeTime;
    }

    /** The times and ids for people. */
    public WindowMetadata metadata() {
        return new WindowMetadata(
                id,
                Micros.instant(openTime),
                Micros.instant(closeTime),
                mergedIds.length == 0
                        ? List.of()
                        : Arrays.stream(mergedIds).boxed().toList());
    }

    /** When its results happened: as late as any of its items can be, so that the next step does not find them late. */
    public long resultTime() {
        boolean endless = closesAt == Long.MAX_VALUE || closesAt == KeyWindows.AT_ONCE;
        return endless ? closeTime : closesAt - 1;
    }

    /** Whether it has items that no firing has given out. */
    boolean isChanged() {
        return !closed && items > itemsFired;
    }

    boolean isFull() {
        return closesAt == KeyWindows.AT_ONCE;
    }

    /**
     * The last watermark at which a late item is taken. A window whose end is exclusive is kept until the watermark is
     * behind its end, one whose last item is inclusive until it is behind what closed it but one.
     */
    long graceEnd(long allowedLateness) {
        long end = closesAt == closeTime ? closesAt : closesAt - 1;
        return closesAt == Long.MAX_VALUE ? closesAt : Micros.plus(end, allowedLateness);
    }

    /** Takes the times and the number of items of {@code other}; accumulators are up to the caller. */
    void absorb(OpenWindow other) {
        int known = mergedIds.length;
        long[] merged = Arrays.copyOf(mergedIds, known + 1 + other.mergedIds.length);
        merged[known] = other.id;
        System.arraycopy(other.mergedIds, 0, merged, known + 1, other.mergedIds.length);
        Arrays.sort(merged);
        mergedIds = merged;
        items += other.items;
        itemsFired = Math.min(itemsFired + other.itemsFired, items);
        emitted |= other.emitted;
        closed = false;
    }
}
