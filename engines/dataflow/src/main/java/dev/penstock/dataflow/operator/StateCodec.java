package dev.penstock.dataflow.operator;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How the state of a key becomes bytes and comes back: declared with the step, versioned, and never Java serialisation.
 *
 * <p><b>Threads:</b> called from several at once; keep no state of its own.
 *
 * @param <S> the state of one key
 */
public interface StateCodec<S> {
    /** The version that {@link #write} writes, kept with each value. Raise it when the format changes. */
    int version();

    /** Writes {@code state}. */
    void write(S state, DataOutput out) throws IOException;

    /** Reads what {@link #write} wrote in {@code version}; every version ever written is to be read. */
    S read(DataInput in, int version) throws IOException;

    /**
     * Whether states never change after they were put. Then engines may write them later and on another thread; if not,
     * they are written at the barrier, which costs time there.
     */
    default boolean immutableStates() {
        return false;
    }

    /** Whole numbers. */
    static StateCodec<Long> ofLong() {
        return SimpleCodecs.LONG;
    }

    /** Texts. */
    static StateCodec<String> ofString() {
        return SimpleCodecs.STRING;
    }
}
