package dev.penstock.dataflow.operator;

import static java.util.Objects.requireNonNull;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Values that say themselves what they are, in a place of a declared type or of any.
 *
 * @param immutableStates whether the type says that its values never change
 */
record ValueCodec<S>(ValueType type, boolean immutableStates) implements StateCodec<S> {
    static final StateCodec<?> OF_VALUES = new ValueCodec<>(ValueType.ANY);

    private static final int VERSION = 1;

    ValueCodec(ValueType type) {
        this(type, type.isImmutable());
    }

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public void write(S state, DataOutput out) throws IOException {
        try {
            new ValueWriter(out).write(state, type);
        } catch (UnfitException e) {
            throw e.inState("write");
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the reader gives what fits the type
    public S read(DataInput in, int version) throws IOException {
        try {
            return (S) requireNonNull(new ValueReader(in).read(type), "state");
        } catch (UnfitException e) {
            throw e.inState("read");
        }
    }
}
