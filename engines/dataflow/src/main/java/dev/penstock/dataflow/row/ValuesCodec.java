package dev.penstock.dataflow.row;

import dev.penstock.dataflow.operator.StateCodec;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps values that each say what they are. */
final class ValuesCodec implements StateCodec<@Nullable Object[]> {
    private static final StateCodec<List<@Nullable Object>> VALUES = StateCodec.ofValues();

    @Override
    public int version() {
        return VALUES.version();
    }

    @Override
    public void write(@Nullable Object[] state, DataOutput out) throws IOException {
        VALUES.write(Arrays.asList(state), out);
    }

    @Override
    public @Nullable Object[] read(DataInput in, int version) throws IOException {
        return VALUES.read(in, version).toArray();
    }
}
