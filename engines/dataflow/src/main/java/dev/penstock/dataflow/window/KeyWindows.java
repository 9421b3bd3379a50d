package dev.penstock.dataflow.window;

import java.util.Arrays;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The open windows of one key, by ascending id, as a {@link Windower} sees and changes them for one item. Valid during
 * the call; indexes until a window is chosen that was not open. Times in microseconds since 1970.
 */
public final class KeyWindows {
    /** No such window. */
    public static final int NONE = -1;

    /** The time to close at of a window that is full with the item at hand. */
    public static final long AT_ONCE = Long.MIN_VALUE;

    private static final int RECENT = 16;

    private final long allowedLateness;

    /** Some of the times that windows of many keys have, by the lowest bits of their ids. */
    private final @Nullable WindowTimes[] recent = new WindowTimes[RECENT];

    private WindowState<?> state = new WindowState<>();
    private long watermark;
    private OpenWindow[] chosen = new OpenWindow[1];
    private int chosenCount;
    private OpenWindow[] merges = new OpenWindow[0];
    private long[] refused = new long[0];
    private boolean full;

    KeyWindows(long allowedLateness) {
        this.allowedLateness = allowedLateness;
    }

    /** Makes it show {@code of} to an item that came when the watermark was {@code rowWatermark}. */
    void show(WindowState<?> of, long rowWatermark) {
        state = of;
        watermark = rowWatermark;
        chosenCount = 0;
        full = false;
        if (merges.length > 0) {
            merges = new OpenWindow[0];
        }
        if (refused.length > 0) {
            refused = new long[0];
        }
    }

    /** How many windows there are. */
    public int count() {
        return state.count();
    }

    /** The id of a window. */
    public long id(int index) {
        return state.window(index).id();
    }

    /** When a window begins. */
    public long openTime(int index) {
        return state.window(index).openTime();
    }

    /** When a window ends. */
    public long closeTime(int index) {
        return state.window(index).closeTime();
    }

    /** How many items a window has, without the one at hand. */
    public int items(int index) {
        return state.window(index).items;
    }

    /** Whether a window is of the past for the item at hand, so that it must not be in it; it is removed soon. */
    public boolean isGone(int index) {
        return isGone(state.window(index));
    }

    private boolean isGone(OpenWindow window) {
        return watermark > window.graceEnd(allowedLateness);
    }

    private boolean isGone(WindowTimes times) {
        return watermark > OpenWindow.graceEnd(times, allowedLateness);
    }

    /** Puts the item into the window at {@code index}. */
    public void choose(int index) {
        choose(state.window(index));
    }

    /**
     * Puts the item into the window of an id that comes from its time, and opens it if need be. Does nothing if the
     * item is too late for it.
     *
     * @param closesAt the watermark that closes the window, or {@link Long#MAX_VALUE} for the end of the input
     */
    public void choose(long id, long openTime, long closeTime, long closesAt) {
        OpenWindow window = state.find(id);
        if (window == null) {
            WindowTimes times = shared(id, openTime, closeTime, closesAt);
            if (isGone(times)) {
                refuse(id);
                return;
            }
            window = new OpenWindow(times);
            state.insert(window);
        } else if (isGone(window)) {
            refuse(id);
            return;
        }
        choose(window);
    }

    /** Windows of other keys with the same times are at hand mostly. */
    private WindowTimes shared(long id, long openTime, long closeTime, long closesAt) {
        int index = (int) id & RECENT - 1;
        WindowTimes times = recent[index];
        if (times == null || !times.isSharedAt(id, openTime, closeTime, closesAt)) {
            times = WindowTimes.shared(id, openTime, closeTime, closesAt);
            recent[index] = times;
        }
        return times;
    }

    /** Opens a window with the key's next number and puts the item into it, unless the item is too late for it. */
    public void chooseNext(long openTime, long closeTime, long closesAt) {
        WindowTimes times = WindowTimes.own(state.nextId(), openTime, closeTime, closesAt);
        if (isGone(times)) {
            refuse(Windower.NO_WINDOW);
        } else {
            OpenWindow window = new OpenWindow(times);
            state.nextId(state.nextId() + 1);
            state.insert(window);
            choose(window);
        }
    }

    /** Puts the item into the newest window if {@code time} is in it, its end exclusive, and says so. */
    public boolean chooseNewest(long time) {
        int count = state.count();
        if (count == 0) {
            return false;
        }
        OpenWindow newest = state.window(count - 1);
        if (time < newest.openTime() || time >= newest.closeTime() || isGone(newest)) {
            return false;
        }
        choose(newest);
        return true;
    }

    /** Gives a window other times. */
    public void change(int index, long openTime, long closeTime, long closesAt) {
        state.window(index).change(openTime, closeTime, closesAt);
        full |= closesAt == AT_ONCE;
    }

    /** Makes the window at {@code from} part of the one at {@code into} once the item has been added. */
    public void merge(int from, int into) {
        int count = merges.length;
        merges = Arrays.copyOf(merges, count + 2);
        merges[count] = state.window(from);
        merges[count + 1] = state.window(into);
    }

    private void choose(OpenWindow window) {
        if (chosenCount == chosen.length) {
            chosen = Arrays.copyOf(chosen, chosenCount * 2);
        }
        chosen[chosenCount++] = window;
    }

    private void refuse(long id) {
        refused = Arrays.copyOf(refused, refused.length + 1);
        refused[refused.length - 1] = id;
    }

    int chosenCount() {
        return chosenCount;
    }

    OpenWindow chosen(int index) {
        return chosen[index];
    }

    /** Whether a window has become full. */
    boolean anyFull() {
        return full;
    }

    /** Pairs of windows: which is merged, into which. */
    OpenWindow[] merges() {
        return merges;
    }

    /** Whether the item was too late for a window. */
    boolean anyRefused() {
        return refused.length > 0;
    }

    /** Gives the ids of windows that the item was too late for. */
    void refused(LongConsumer ids) {
        for (long id : refused) {
            ids.accept(id);
        }
    }
}
