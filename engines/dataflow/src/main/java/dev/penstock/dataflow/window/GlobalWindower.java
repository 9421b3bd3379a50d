package dev.penstock.dataflow.window;

import java.util.function.LongConsumer;

/** One window for all, see {@link Windows#global}. */
enum GlobalWindower implements Windower {
    INSTANCE;

    @Override
    public void openFor(long time, KeyWindows windows) {
        windows.choose(0, time, time, Long.MAX_VALUE);
        windows.change(0, Math.min(time, windows.openTime(0)), Math.max(time, windows.closeTime(0)), Long.MAX_VALUE);
    }

    @Override
    public void lateFor(long time, LongConsumer ids) {
        ids.accept(0);
    }

    @Override
    public long closesAfter(long time) {
        return Long.MAX_VALUE;
    }
}
