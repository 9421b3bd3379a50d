package dev.penstock.dataflow.window;

import java.time.Duration;
import java.util.function.LongConsumer;

/** Windows of so many items, see {@link Windows#count(int, int)}. */
record CountWindower(int items, int every) implements Windower {
    static CountWindower of(int items, int every) {
        if (every < 1) {
            throw new IllegalArgumentException(
                    "Cannot begin a window every '" + every + "' items: it is less than 1; give a number from 1");
        }
        if (every > items) {
            throw new IllegalArgumentException("Cannot begin a window every '" + every
                    + "' items: it is greater than the window of '" + items
                    + "', so items would be in no window; make it at most the window");
        }
        return new CountWindower(items, every);
    }

    @Override
    public void openFor(long time, KeyWindows windows) {
        int count = windows.count();
        if (count == 0 || windows.items(count - 1) >= every) {
            windows.chooseNext(time, time, Long.MAX_VALUE);
        }
        for (int i = 0; i < count; i++) {
            windows.choose(i);
        }
        for (int i = 0; i < windows.count(); i++) {
            long open = Math.min(time, windows.openTime(i));
            long close = Math.max(time, windows.closeTime(i));
            windows.change(i, open, close, isLast(windows, i) ? KeyWindows.AT_ONCE : Long.MAX_VALUE);
        }
    }

    /** Whether the item at hand, which is not counted yet, is the last of its window. */
    private boolean isLast(KeyWindows windows, int index) {
        return windows.items(index) == items - 1;
    }

    @Override
    public void lateFor(long time, LongConsumer ids) {
        ids.accept(NO_WINDOW);
    }

    @Override
    public Duration rememberFor() {
        return SessionWindower.DEFAULT_REMEMBER_FOR;
    }
}
