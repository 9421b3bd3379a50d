package dev.penstock.dataflow.operator;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Codecs of states that are one value. */
final class SimpleCodecs {
    static final StateCodec<Long> LONG = new StateCodec<>() {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Long state, DataOutput out) throws IOException {
            out.writeLong(state);
        }

        @Override
        public Long read(DataInput in, int version) throws IOException {
            return in.readLong();
        }

        @Override
        public boolean immutableStates() {
            return true;
        }
    };

    static final StateCodec<String> STRING = new StateCodec<>() {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(String state, DataOutput out) throws IOException {
            byte[] text = state.getBytes(StandardCharsets.UTF_8);
            out.writeInt(text.length);
            out.write(text);
        }

        @Override
        public String read(DataInput in, int version) throws IOException {
            byte[] text = new byte[in.readInt()];
            in.readFully(text);
            return new String(text, StandardCharsets.UTF_8);
        }

        @Override
        public boolean immutableStates() {
            return true;
        }
    };

    private SimpleCodecs() {}
}
