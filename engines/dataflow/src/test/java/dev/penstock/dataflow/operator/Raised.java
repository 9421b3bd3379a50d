package dev.penstock.dataflow.operator;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** A codec that says which version it was asked to read. */
record Raised(int version) implements StateCodec<String> {
    @Override
    public void write(String state, DataOutput out) throws IOException {
        out.writeUTF(state);
    }

    @Override
    public String read(DataInput in, int written) throws IOException {
        return in.readUTF() + " read as " + written;
    }
}
