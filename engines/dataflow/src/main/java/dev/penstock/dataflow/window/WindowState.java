package dev.penstock.dataflow.window;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * All that a step with windows keeps of one key: few windows, by ascending id in a small array, and values that wait.
 * Only the step can look into it.
 *
 * @param <V> the values
 */
public final class WindowState<V> {
    /** No timer is set. */
    static final long NO_TIMER = Long.MAX_VALUE;

    private static final OpenWindow[] NO_WINDOWS = {};

    /** The id of the next window, if ids are numbers of the key's windows. */
    long nextId;

    /** The time of the last item of the windows that have closed; counts while there are none. */
    long lastTime = Long.MIN_VALUE;

    /** When the timer is due that closes windows and lets values in. */
    long timerAt = NO_TIMER;

    /** When the timer is due that lets open windows fire. */
    long triggerAt = NO_TIMER;

    @Nullable PendingValues<V> pending;

    private OpenWindow[] windows = NO_WINDOWS;
    private int count;

    WindowState() {}

    int count() {
        return count;
    }

    OpenWindow window(int index) {
        return windows[index];
    }

    boolean isEmpty() {
        return count == 0 && (pending == null || pending.isEmpty());
    }

    PendingValues<V> pending() {
        PendingValues<V> known = pending;
        if (known == null) {
            known = new PendingValues<>();
            pending = known;
        }
        return known;
    }

    @Nullable OpenWindow find(long id) {
        int index = indexOf(id);
        return index >= 0 ? windows[index] : null;
    }

    void insert(OpenWindow window) {
        int index = -indexOf(window.id) - 1;
        if (count == windows.length) {
            windows = Arrays.copyOf(windows, Math.max(1, count * 2));
        }
        System.arraycopy(windows, index, windows, index + 1, count - index);
        windows[index] = window;
        count++;
    }

    void remove(OpenWindow window) {
        removeAt(indexOf(window.id));
    }

    void removeAt(int index) {
        System.arraycopy(windows, index + 1, windows, index, count - index - 1);
        count--;
        windows = count == 0 ? NO_WINDOWS : windows;
        if (count > 0) {
            Arrays.fill(windows, count, count + 1, null);
        }
    }

    /** Ids of aligned windows have mostly no gaps between them, so the distance from the first is the place. */
    private int indexOf(long id) {
        if (count == 0) {
            return -1;
        }
        long guess = id - windows[0].id;
        if (guess >= 0 && guess < count && windows[(int) guess].id == id) {
            return (int) guess;
        }
        if (id > windows[count - 1].id) {
            return -count - 1;
        }
        return search(id);
    }

    private int search(long id) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (windows[middle].id < id) {
                low = middle + 1;
            } else if (windows[middle].id > id) {
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
            OpenWindow window = windows[i];
            if (!window.closed && window.closesAt <= watermark && (first == null || window.closesAt < first.closesAt)) {
                first = window;
            }
        }
        return first;
    }

    /** Whether any window has items that no firing has given out. */
    boolean anyChanged() {
        for (int i = 0; i < count; i++) {
            if (windows[i].isChanged()) {
                return true;
            }
        }
        return false;
    }

    /** Removes the closed windows that no late item can reach any more. */
    void removeGone(long watermark, long allowedLateness) {
        for (int i = count - 1; i >= 0; i--) {
            if (windows[i].closed && watermark > windows[i].graceEnd(allowedLateness)) {
                removeAt(i);
            }
        }
    }

    /** The watermark at which a window closes or is removed, or {@link #NO_TIMER}. */
    long nextWindowTime(long allowedLateness) {
        long next = NO_TIMER;
        for (int i = 0; i < count; i++) {
            OpenWindow window = windows[i];
            long time = window.closed ? Micros.plus(window.graceEnd(allowedLateness), 1) : window.closesAt;
            next = Math.min(next, time);
        }
        return next;
    }

    /** The turn of the first value that waits, or {@link #NO_TIMER}. */
    long nextTurn() {
        return pending == null ? NO_TIMER : pending.firstTurn();
    }
}
