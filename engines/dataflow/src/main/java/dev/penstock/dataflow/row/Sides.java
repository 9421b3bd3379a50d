package dev.penstock.dataflow.row;

import dev.penstock.dataflow.operator.StateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of both sides in a window, each in the order they came. Mutable. */
record Sides(List<List<@Nullable Object>> left, List<List<@Nullable Object>> right) {
    Sides() {
        this(new ArrayList<>(), new ArrayList<>());
    }

    List<List<@Nullable Object>> side(int input) {
        return input == 0 ? left : right;
    }

    boolean isComplete() {
        return !left.isEmpty() && !right.isEmpty();
    }

    void clear() {
        left.clear();
        right.clear();
    }

    /** Keeps both sides, values saying what they are. */
    static final class Codec implements StateCodec<Sides> {
        private static final StateCodec<List<List<@Nullable Object>>> ROWS = StateCodec.ofValues();

        @Override
        public int version() {
            return ROWS.version();
        }

        @Override
        public void write(Sides state, DataOutput out) throws IOException {
            ROWS.write(state.left, out);
            ROWS.write(state.right, out);
        }

        @Override
        public Sides read(DataInput in, int version) throws IOException {
            return new Sides(ROWS.read(in, version), ROWS.read(in, version));
        }
    }
}
