package dev.penstock.dataflow.window;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.function.LongConsumer;

/** Tumbling and sliding windows: ids are counted from a fixed time. In microseconds. */
record AlignedWindower(long length, long offset, long alignTo) implements Windower {
    static AlignedWindower of(Duration length, Duration offset, Instant alignTo) {
        requireNonNull(alignTo, "alignTo");
        long lengthMicros = Micros.requirePositive(length, "window length");
        long offsetMicros = Micros.requirePositive(offset, "window offset");
        if (offsetMicros > lengthMicros) {
            throw new IllegalArgumentException("Cannot use window offset '" + offset
                    + "': it is greater than the length '" + length
                    + "', so items would be in no window; make it at most the length");
        }
        return new AlignedWindower(lengthMicros, offsetMicros, Micros.of(alignTo));
    }

    @Override
    public void openFor(long time, KeyWindows windows) {
        if (length == offset) {
            if (!windows.chooseNewest(time)) {
                choose(Math.floorDiv(time - alignTo, length), windows);
            }
            return;
        }
        long last = lastId(time);
        for (long id = firstId(time); id <= last; id++) {
            choose(id, windows);
        }
    }

    private void choose(long id, KeyWindows windows) {
        long open = alignTo + id * offset;
        windows.choose(id, open, open + length, open + length);
    }

    @Override
    public void lateFor(long time, LongConsumer ids) {
        long last = lastId(time);
        for (long id = firstId(time); id <= last; id++) {
            ids.accept(id);
        }
    }

    @Override
    public long closesAfter(long time) {
        return alignTo + firstId(time) * offset + length;
    }

    private long firstId(long time) {
        return Math.floorDiv(time - alignTo - length, offset) + 1;
    }

    private long lastId(long time) {
        return Math.floorDiv(time - alignTo, offset);
    }
}
