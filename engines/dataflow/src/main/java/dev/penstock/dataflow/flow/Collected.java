package dev.penstock.dataflow.flow;

import dev.penstock.dataflow.operator.StateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The items of a key that wait for more; times are in microseconds since 1970. */
final class Collected<V> {
    /** No timer is set. */
    static final long NO_TIMER = Long.MAX_VALUE;

    private final List<V> items;
    private final long first;
    private long last;
    private long idleTimer = NO_TIMER;
    private long waitTimer = NO_TIMER;

    private Collected(List<V> items, long first, long last) {
        this.items = items;
        this.first = first;
        this.last = last;
    }

    /** State that keeps items as {@code items} says. */
    static <V> State<Collected<V>> state(State<V> items) {
        return new State<>(new Codec<>(StateCodec.ofList(items.codec())), items.timeToLive());
    }

    /** Nothing yet, at {@code now}. */
    static <V> Collected<V> at(long now) {
        return new Collected<>(new ArrayList<>(), now, now);
    }

    void add(V item, long now) {
        items.add(item);
        last = now;
    }

    List<V> items() {
        return items;
    }

    /** When the first item came. */
    long first() {
        return first;
    }

    /** When the last item came. */
    long last() {
        return last;
    }

    /** For when the timer is set that looks whether items still come. */
    long idleTimer() {
        return idleTimer;
    }

    void setIdleTimer(long time) {
        idleTimer = time;
    }

    /** For when the timer is set that ends the wait of the first item. */
    long waitTimer() {
        return waitTimer;
    }

    void setWaitTimer(long time) {
        waitTimer = time;
    }

    /** Writes {@link Collected} with the codec of its items. */
    record Codec<V>(StateCodec<List<V>> items) implements StateCodec<Collected<V>> {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Collected<V> state, DataOutput out) throws IOException {
            out.writeLong(state.first);
            out.writeLong(state.last);
            out.writeLong(state.idleTimer);
            out.writeLong(state.waitTimer);
            out.writeInt(items.version());
            items.write(state.items, out);
        }

        @Override
        public Collected<V> read(DataInput in, int version) throws IOException {
            long first = in.readLong();
            long last = in.readLong();
            long idleTimer = in.readLong();
            long waitTimer = in.readLong();
            Collected<V> state = new Collected<>(items.read(in, in.readInt()), first, last);
            state.idleTimer = idleTimer;
            state.waitTimer = waitTimer;
            return state;
        }
    }
}
