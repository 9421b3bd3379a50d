package dev.penstock.dataflow.window;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.StateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The state of a key as bytes: the versions of the codecs of accumulators and values, the next id, the two timers, the
 * windows, the values that wait.
 */
final class WindowStateCodec<V, A> implements StateCodec<WindowState<V>> {
    private static final int VERSION = 1;
    private static final int CLOSED = 1;
    private static final int EMITTED = 2;

    private final StateCodec<V> values;
    private final StateCodec<A> accumulators;

    WindowStateCodec(StateCodec<V> values, StateCodec<A> accumulators) {
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
        out.writeInt(values.version());
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
                values.write(next.value(), out);
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
        int valueVersion = readVersion(in, values);
        WindowState<V> state = new WindowState<>();
        state.nextId = in.readLong();
        state.lastTime = in.readLong();
        state.timerAt = in.readLong();
        state.triggerAt = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            state.insert(window(in, accumulatorVersion));
        }
        for (int left = in.readInt(); left > 0; left--) {
            state.pending().add(in.readLong(), in.readLong(), in.readInt(), values.read(in, valueVersion));
        }
        return state;
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
