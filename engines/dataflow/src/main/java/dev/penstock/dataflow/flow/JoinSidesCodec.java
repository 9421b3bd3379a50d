package dev.penstock.dataflow.flow;

import dev.penstock.dataflow.operator.StateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Writes {@link JoinSides}: for each side a list, in the version of its codec. */
final class JoinSidesCodec implements StateCodec<JoinSides> {
    private static final int VERSION = 1;

    private final List<StateCodec<List<Object>>> sides = new ArrayList<>();

    @SuppressWarnings("unchecked") // each codec gets the items of its own side only
    JoinSidesCodec(List<? extends StateCodec<?>> items) {
        for (StateCodec<?> codec : items) {
            sides.add(StateCodec.ofList((StateCodec<Object>) codec));
        }
    }

    @Override
    public int version() {
        return VERSION;
    }

    @Override
    public void write(JoinSides state, DataOutput out) throws IOException {
        for (int side = 0; side < sides.size(); side++) {
            sides.get(side).write(state.items(side), out);
        }
    }

    @Override
    public JoinSides read(DataInput in, int version) throws IOException {
        JoinSides state = new JoinSides(sides.size());
        for (int side = 0; side < sides.size(); side++) {
            StateCodec<List<Object>> codec = sides.get(side);
            for (Object item : codec.read(in, codec.version())) {
                state.add(side, item, InsertMode.PRODUCT);
            }
        }
        return state;
    }
}
