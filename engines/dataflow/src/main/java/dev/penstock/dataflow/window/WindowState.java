package dev.penstock.dataflow.window;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All that a step with windows keeps of one key: few windows, by ascending id, and values that wait. Only the step can
 * look into it.
 *
 * @param <V> the values
 */
public final class WindowState<V> {
    /** No timer is set. */
    static final long NO_TIMER = Long.MAX_VALUE;

    /** When the timer is due that closes windows and lets values in. */
    long timerAt = NO_TIMER;

    /** None, the only window, or an array of several: most keys have one, and there may be millions of them. */
    private @Nullable Object windows;

    private int count;
    private @Nullable Rest<V> rest;

    /** What most keys do not need. */
    private static final class Rest<V> {
        private long nextId;
        private long lastTime = Long.MIN_VALUE;
        private long triggerAt = NO_TIMER;
        private @Nullable PendingValues<V> pending;
    }

    WindowState() {}

    private Rest<V> rest() {
        Rest<V> known = rest;
        if (known == null) {
            known = new Rest<>();
            rest = known;
        }
        return known;
    }

    /** The id of the next window, if ids are numbers of the key's windows; 0 if they are not. */
    long nextId() {
        return rest == null ? 0 : rest.nextId;
    }

    void nextId(long id) {
        if (id != nextId()) {
            rest().nextId = id;
        }
    }

    /** The time of the last item of the windows that have closed, where ids are numbers. */
    long lastTime() {
        return rest == null ? Long.MIN_VALUE : rest.lastTime;
    }

    void lastTime(long time) {
        if (time != lastTime()) {
            rest().lastTime = time;
        }
    }

    /** A window has closed: what its time was counts where ids are numbers. */
    void closed(OpenWindow window) {
        if (nextId() != 0) {
            lastTime(Math.max(lastTime(), window.closeTime()));
        }
    }

    /** When the timer is due that lets open windows fire. */
    long triggerAt() {
        return rest == null ? NO_TIMER : rest.triggerAt;
    }

    void triggerAt(long time) {
        if (time != triggerAt()) {
            rest().triggerAt = time;
        }
    }

    /** The values that wait, if there have been some. */
    @Nullable PendingValues<V> known() {
        return rest == null ? null : rest.pending;
    }

    int count() {
        return count;
    }

    OpenWindow window(int index) {
        return windows instanceof OpenWindow only ? only : several()[index];
    }

    private OpenWindow[] several() {
        return (OpenWindow[]) requireNonNull(windows);
    }

    boolean isEmpty() {
        PendingValues<V> pending = known();
        return count == 0 && (pending == null || pending.isEmpty());
    }

    PendingValues<V> pending() {
        PendingValues<V> known = rest().pending;
        if (known == null) {
            known = new PendingValues<>();
            rest().pending = known;
        }
        return known;
    }

    @Nullable OpenWindow find(long id) {
        int index = indexOf(id);
        return index >= 0 ? window(index) : null;
    }

    void insert(OpenWindow window) {
        if (count == 0) {
            windows = window;
            count = 1;
            return;
        }
        int index = -indexOf(window.id()) - 1;
        OpenWindow[] all = room();
        System.arraycopy(all, index, all, index + 1, count - index);
        all[index] = window;
        count++;
    }

    /** The windows in an array that has room for one more. */
    private OpenWindow[] room() {
        OpenWindow[] all;
        if (windows instanceof OpenWindow only) {
            all = new OpenWindow[] {only, only};
        } else {
            all = several();
            all = count == all.length ? Arrays.copyOf(all, count * 2) : all;
        }
        windows = all;
        return all;
    }

    void remove(OpenWindow window) {
        removeAt(indexOf(window.id()));
    }

    void removeAt(int index) {
        count--;
        if (count == 0) {
            windows = null;
        } else {
            OpenWindow[] all = several();
            System.arraycopy(all, index + 1, all, index, count - index);
            all[count] = null;
            windows = count == 1 ? requireNonNull(all[0]) : all;
        }
    }

    /** Ids of aligned windows have mostly no gaps between them, so the distance from the first is the place. */
    private int indexOf(long id) {
        if (count == 0) {
            return -1;
        }
        long guess = id - window(0).id();
        if (guess >= 0 && guess < count && window((int) guess).id() == id) {
            return (int) guess;
        }
        if (id > window(count - 1).id()) {
            return -count - 1;
        }
        return search(id);
    }

    private int search(long id) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (window(middle).id() < id) {
                low = middle + 1;
            } else if (window(middle).id() > id) {
                high = middle - 1;
            } else {
                return middle;
            }
        }
        return -low - 1;
    }

    /** The open window that {@code watermark} closes first, by the time it closes and then by id. */
    @Nullable OpenWindow firstDue(long watermark) {
        OpenWindow first = null;
        for (int i = 0; i < count; i++) {
            OpenWindow window = window(i);
            if (!window.closed
                    && window.closesAt() <= watermark
                    && (first == null || window.closesAt() < first.closesAt())) {
                first = window;
            }
        }
        return first;
    }

    /** Whether any window has items that no firing has given out. */
    boolean anyChanged() {
        for (int i = 0; i < count; i++) {
            if (window(i).isChanged()) {
                return true;
            }
        }
        return false;
    }

    /** Removes the closed windows that no late item can reach any more. */
    void removeGone(long watermark, long allowedLateness) {
        for (int i = count - 1; i >= 0; i--) {
            if (window(i).closed && watermark > window(i).graceEnd(allowedLateness)) {
                removeAt(i);
            }
        }
    }

    /** The watermark at which a window closes or is removed, or {@link #NO_TIMER}. */
    long nextWindowTime(long allowedLateness) {
        long next = NO_TIMER;
        for (int i = 0; i < count; i++) {
            OpenWindow window = window(i);
            long time = window.closed ? Micros.plus(window.graceEnd(allowedLateness), 1) : window.closesAt();
            next = Math.min(next, time);
        }
        return next;
    }

    /** The turn of the first value that waits, or {@link #NO_TIMER}. */
    long nextTurn() {
        PendingValues<V> pending = known();
        return pending == null ? NO_TIMER : pending.firstTurn();
    }
}
