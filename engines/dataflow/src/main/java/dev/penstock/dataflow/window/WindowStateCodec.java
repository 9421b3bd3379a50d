package dev.penstock.dataflow.window;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.StateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.IntFunction;

/**
 * The state of a key as bytes: the version of the codec of accumulators, the next id, the two timers, the windows, and
 * the values that wait, each with its input and the version of that input's codec.
 */
final class WindowStateCodec<V, A> implements StateCodec<WindowState<V>> {
    private static final int VERSION = 1;
    private static final int CLOSED = 1;
    private static final int EMITTED = 2;

    private final IntFunction<StateCodec<V>> values;
    private final StateCodec<A> accumulators;

    WindowStateCodec(IntFunction<StateCodec<V>> values, StateCodec<A> accumulators) {
        this.values = requireNonNull(values, "values");
        this.accumulators = requireNonNull(accumulators, "accumulators");
    }

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public void write(WindowState<V> state, DataOutput out) throws IOException {
        out.writeInt(accumulators.version());
        out.writeLong(state.nextId);
        out.writeLong(state.lastTime);
        out.writeLong(state.timerAt);
        out.writeLong(state.triggerAt);
        out.writeInt(state.count());
        for (int i = 0; i < state.count(); i++) {
            write(state.window(i), out);
        }
        PendingValues<V> pending = state.pending;
        out.writeInt(pending == null ? 0 : pending.size());
        if (pending != null) {
            for (PendingValues.Pending<V> next : pending.inOrder()) {
                out.writeLong(next.turn());
                out.writeLong(next.time());
                out.writeInt(next.input());
                StateCodec<V> codec = values.apply(next.input());
                out.writeInt(codec.version());
                codec.write(next.value(), out);
            }
        }
    }

    @SuppressWarnings("unchecked") // only the operator, which has the same types, puts accumulators
    private void write(OpenWindow window, DataOutput out) throws IOException {
        out.writeLong(window.id);
        out.writeLong(window.openTime);
        out.writeLong(window.closeTime);
        out.writeLong(window.closesAt);
        out.writeInt(window.items);
        out.writeInt(window.itemsFired);
        out.writeByte((window.closed ? CLOSED : 0) | (window.emitted ? EMITTED : 0));
        out.writeInt(window.mergedIds.length);
        for (long merged : window.mergedIds) {
            out.writeLong(merged);
        }
        accumulators.write((A) requireNonNull(window.accumulator), out);
    }

    @Override
    public WindowState<V> read(DataInput in, int version) throws IOException {
        int accumulatorVersion = readVersion(in, accumulators);
        WindowState<V> state = new WindowState<>();
        state.nextId = in.readLong();
        state.lastTime = in.readLong();
        state.timerAt = in.readLong();
        state.triggerAt = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            state.insert(window(in, accumulatorVersion));
        }
        for (int left = in.readInt(); left > 0; left--) {
            readPending(in, state.pending());
        }
        return state;
    }

    private void readPending(DataInput in, PendingValues<V> pending) throws IOException {
        long turn = in.readLong();
        long time = in.readLong();
        int input = in.readInt();
        StateCodec<V> codec = values.apply(input);
        pending.add(turn, time, input, codec.read(in, readVersion(in, codec)));
    }

    private static int readVersion(DataInput in, StateCodec<?> codec) throws IOException {
        int version = in.readInt();
        if (version > codec.version()) {
            throw new IOException(
                    "it holds values of version " + version + ", and this release knows them up to " + codec.version());
        }
        return version;
    }

    private OpenWindow window(DataInput in, int version) throws IOException {
        OpenWindow window = new OpenWindow(in.readLong(), in.readLong(), in.readLong(), in.readLong());
        window.items = in.readInt();
        window.itemsFired = in.readInt();
        int flags = in.readByte();
        window.closed = (flags & CLOSED) != 0;
        window.emitted = (flags & EMITTED) != 0;
        window.mergedIds = mergedIds(in);
        window.accumulator = accumulators.read(in, version);
        return window;
    }

    private static long[] mergedIds(DataInput in) throws IOException {
        int count = in.readInt();
        if (count == 0) {
            return OpenWindow.NONE_MERGED;
        }
        long[] merged = new long[count];
        for (int i = 0; i < count; i++) {
            merged[i] = in.readLong();
        }
        return merged;
    }
}
