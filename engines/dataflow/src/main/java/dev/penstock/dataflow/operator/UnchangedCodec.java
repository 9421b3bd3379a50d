package dev.penstock.dataflow.operator;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A codec of states that the program does not change after it has put them. */
record UnchangedCodec<S>(StateCodec<S> codec) implements StateCodec<S> {
    @Override
    public int version() {
        return codec.version();
    }

    @Override
    public void write(S state, DataOutput out) throws IOException {
        codec.write(state, out);
    }

    @Override
    public S read(DataInput in, int version) throws IOException {
        return codec.read(in, version);
    }

    @Override
    public boolean immutableStates() {
        return true;
    }
}
