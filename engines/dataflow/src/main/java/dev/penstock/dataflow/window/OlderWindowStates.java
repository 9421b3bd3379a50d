package dev.penstock.dataflow.window;

import dev.penstock.dataflow.operator.StateCodec;
import java.io.DataInput;
import java.io.IOException;
import java.util.function.IntFunction;

/** Reads version 1 of the state of a key with windows: the same numbers as today, each at its full length. */
final class OlderWindowStates<V, A> {
    private static final int CLOSED = 1;
    private static final int EMITTED = 2;

    private final IntFunction<StateCodec<V>> values;
    private final StateCodec<A> accumulators;

    OlderWindowStates(IntFunction<StateCodec<V>> values, StateCodec<A> accumulators) {
        this.values = values;
        this.accumulators = accumulators;
    }

    WindowState<V> read(DataInput in) throws IOException {
        int version = WindowStateCodec.checked(in.readInt(), accumulators);
        WindowState<V> state = new WindowState<>();
        state.nextId(in.readLong());
        state.lastTime(in.readLong());
        state.timerAt = in.readLong();
        state.triggerAt(in.readLong());
        for (int left = in.readInt(); left > 0; left--) {
            state.insert(window(in, version));
        }
        for (int left = in.readInt(); left > 0; left--) {
            readPending(in, state.pending());
        }
        return state;
    }

    private OpenWindow window(DataInput in, int version) throws IOException {
        WindowTimes times = WindowTimes.shared(in.readLong(), in.readLong(), in.readLong(), in.readLong());
        int items = in.readInt();
        int itemsFired = in.readInt();
        int flags = in.readByte();
        OpenWindow window = new OpenWindow(times.merged(mergedIds(in)));
        window.items = items;
        window.itemsFired = itemsFired;
        window.closed = (flags & CLOSED) != 0;
        window.emitted = (flags & EMITTED) != 0;
        window.accumulator = accumulators.read(in, version);
        return window;
    }

    private static long[] mergedIds(DataInput in) throws IOException {
        int count = in.readInt();
        if (count == 0) {
            return WindowTimes.NONE_MERGED;
        }
        long[] merged = new long[count];
        for (int i = 0; i < count; i++) {
            merged[i] = in.readLong();
        }
        return merged;
    }

    private void readPending(DataInput in, PendingValues<V> pending) throws IOException {
        long turn = in.readLong();
        long time = in.readLong();
        int input = in.readInt();
        StateCodec<V> codec = values.apply(input);
        pending.add(turn, time, input, codec.read(in, WindowStateCodec.checked(in.readInt(), codec)));
    }
}
