package dev.penstock.dataflow.window;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.StateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.function.IntFunction;

/**
 * The state of a key as bytes: the version of the codec of accumulators, what else there is, the next id, the time of
 * the last item, the two timers, the windows, and the values that wait, each with its input and the version of that
 * input's codec. There may be millions of keys, so that {@link Numbers} take few bytes, times are told by how far they
 * are from others, and what there mostly is not takes a bit.
 */
final class WindowStateCodec<V, A> implements StateCodec<WindowState<V>> {
    private static final int VERSION = 2;
    private static final int FULL_LENGTHS = 1;

    private static final int NEXT_ID = 1;
    private static final int LAST_TIME = 2;
    private static final int TIMER = 4;
    private static final int TRIGGER = 8;
    private static final int PENDING = 16;

    private static final int CLOSED = 1;
    private static final int EMITTED = 2;
    private static final int FIRED = 4;
    private static final int MERGED = 8;

    private final IntFunction<StateCodec<V>> values;
    private final StateCodec<A> accumulators;
    private final OlderWindowStates<V, A> older;

    /** The times that were read last. Several threads may read, and each of them may find those of another. */
    private volatile WindowTimes last = WindowTimes.shared(0, 0, 0, 0);

    WindowStateCodec(IntFunction<StateCodec<V>> values, StateCodec<A> accumulators) {
        this.values = requireNonNull(values, "values");
        this.accumulators = requireNonNull(accumulators, "accumulators");
        this.older = new OlderWindowStates<>(values, accumulators);
    }

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public void write(WindowState<V> state, DataOutput out) throws IOException {
        PendingValues<V> pending = state.known();
        int parts = (state.nextId() == 0 ? 0 : NEXT_ID)
                | (state.lastTime() == Long.MIN_VALUE ? 0 : LAST_TIME)
                | (state.timerAt == WindowState.NO_TIMER ? 0 : TIMER)
                | (state.triggerAt() == WindowState.NO_TIMER ? 0 : TRIGGER)
                | (pending == null || pending.isEmpty() ? 0 : PENDING);
        Numbers.write(accumulators.version(), out);
        out.writeByte(parts);
        write(parts & NEXT_ID, state.nextId(), out);
        write(parts & LAST_TIME, state.lastTime(), out);
        write(parts & TIMER, state.timerAt, out);
        write(parts & TRIGGER, state.triggerAt(), out);
        Numbers.write(state.count(), out);
        for (int i = 0; i < state.count(); i++) {
            write(state.window(i), out);
        }
        if (pending != null && !pending.isEmpty()) {
            write(pending, out);
        }
    }

    private static void write(int part, long number, DataOutput out) throws IOException {
        if (part != 0) {
            Numbers.write(number, out);
        }
    }

    @SuppressWarnings("unchecked") // only the operator, which has the same types, puts accumulators
    private void write(OpenWindow window, DataOutput out) throws IOException {
        int flags = (window.closed ? CLOSED : 0)
                | (window.emitted ? EMITTED : 0)
                | (window.itemsFired == 0 ? 0 : FIRED)
                | (window.mergedIds().length == 0 ? 0 : MERGED);
        out.writeByte(flags);
        Numbers.write(window.id(), out);
        Numbers.write(window.openTime(), out);
        Numbers.write(window.closeTime() - window.openTime(), out);
        Numbers.write(window.closesAt() - window.closeTime(), out);
        Numbers.write(window.items, out);
        write(flags & FIRED, window.itemsFired, out);
        if (window.mergedIds().length > 0) {
            Numbers.write(window.mergedIds().length, out);
            for (long merged : window.mergedIds()) {
                Numbers.write(merged, out);
            }
        }
        accumulators.write((A) requireNonNull(window.accumulator), out);
    }

    private void write(PendingValues<V> pending, DataOutput out) throws IOException {
        Numbers.write(pending.size(), out);
        for (PendingValues.Pending<V> next : pending.inOrder()) {
            StateCodec<V> codec = values.apply(next.input());
            Numbers.write(next.turn(), out);
            Numbers.write(next.time() - next.turn(), out);
            Numbers.write(next.input(), out);
            Numbers.write(codec.version(), out);
            codec.write(next.value(), out);
        }
    }

    @Override
    public WindowState<V> read(DataInput in, int version) throws IOException {
        if (version == FULL_LENGTHS) {
            return older.read(in);
        }
        int accumulatorVersion = checked(Numbers.readInt(in), accumulators);
        int parts = in.readByte();
        WindowState<V> state = new WindowState<>();
        state.nextId(read(parts & NEXT_ID, 0, in));
        state.lastTime(read(parts & LAST_TIME, Long.MIN_VALUE, in));
        state.timerAt = read(parts & TIMER, WindowState.NO_TIMER, in);
        state.triggerAt(read(parts & TRIGGER, WindowState.NO_TIMER, in));
        for (int left = Numbers.readInt(in); left > 0; left--) {
            state.insert(window(in, accumulatorVersion));
        }
        int waiting = (parts & PENDING) == 0 ? 0 : Numbers.readInt(in);
        for (int left = waiting; left > 0; left--) {
            readPending(in, state.pending());
        }
        return state;
    }

    private static long read(int part, long otherwise, DataInput in) throws IOException {
        return part == 0 ? otherwise : Numbers.read(in);
    }

    /** {@code version}, if {@code codec} knows it. */
    static int checked(int version, StateCodec<?> codec) throws IOException {
        if (version > codec.version()) {
            throw new IOException(
                    "it holds values of version " + version + ", and this release knows them up to " + codec.version());
        }
        return version;
    }

    private OpenWindow window(DataInput in, int version) throws IOException {
        int flags = in.readByte();
        long id = Numbers.read(in);
        long openTime = Numbers.read(in);
        long closeTime = openTime + Numbers.read(in);
        long closesAt = closeTime + Numbers.read(in);
        int items = Numbers.readInt(in);
        int itemsFired = (int) read(flags & FIRED, 0, in);
        long[] merged = (flags & MERGED) == 0 ? WindowTimes.NONE_MERGED : mergedIds(in);
        OpenWindow window =
                new OpenWindow(times(id, openTime, closeTime, closesAt).merged(merged));
        window.items = items;
        window.itemsFired = itemsFired;
        window.closed = (flags & CLOSED) != 0;
        window.emitted = (flags & EMITTED) != 0;
        window.accumulator = accumulators.read(in, version);
        return window;
    }

    /** Windows of many keys have the same times, and are mostly read one after the other. */
    private WindowTimes times(long id, long openTime, long closeTime, long closesAt) {
        WindowTimes times = last;
        if (!times.isSharedAt(id, openTime, closeTime, closesAt)) {
            times = WindowTimes.shared(id, openTime, closeTime, closesAt);
            last = times;
        }
        return times;
    }

    private static long[] mergedIds(DataInput in) throws IOException {
        long[] merged = new long[Numbers.readInt(in)];
        for (int i = 0; i < merged.length; i++) {
            merged[i] = Numbers.read(in);
        }
        return merged;
    }

    private void readPending(DataInput in, PendingValues<V> pending) throws IOException {
        long turn = Numbers.read(in);
        long time = turn + Numbers.read(in);
        int input = Numbers.readInt(in);
        StateCodec<V> codec = values.apply(input);
        pending.add(turn, time, input, codec.read(in, checked(Numbers.readInt(in), codec)));
    }
}
