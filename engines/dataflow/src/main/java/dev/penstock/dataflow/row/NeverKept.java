package dev.penstock.dataflow.row;

import dev.penstock.dataflow.operator.StateCodec;
import java.io.DataInput;
import java.io.DataOutput;

/** For values that are used at once and so never are part of a state: those of steps that are not ordered. */
final class NeverKept<V> implements StateCodec<V> {
    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(V state, DataOutput out) {
        throw new IllegalStateException("Cannot keep a row of a step that takes rows as they come");
    }

    @Override
    public V read(DataInput in, int version) {
        throw new IllegalStateException("Cannot read a row of a step that takes rows as they come");
    }
}
