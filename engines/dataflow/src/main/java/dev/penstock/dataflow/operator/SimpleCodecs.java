package dev.penstock.dataflow.operator;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;

/** Codecs of states that are one value. */
final class SimpleCodecs {
    static final StateCodec<Boolean> BOOLEAN =
            immutable((state, out) -> out.writeBoolean(state), DataInput::readBoolean);
    static final StateCodec<Integer> INT = immutable((state, out) -> out.writeInt(state), DataInput::readInt);
    static final StateCodec<Long> LONG = immutable((state, out) -> out.writeLong(state), DataInput::readLong);
    static final StateCodec<Double> DOUBLE = immutable((state, out) -> out.writeDouble(state), DataInput::readDouble);
    static final StateCodec<String> STRING = immutable(SimpleCodecs::writeText, SimpleCodecs::readText);
    static final StateCodec<byte[]> BYTES = new Simple<>(SimpleCodecs::writeBytes, SimpleCodecs::readBytes, false);
    static final StateCodec<Instant> INSTANT = immutable(
            (state, out) -> {
                out.writeLong(state.getEpochSecond());
                out.writeInt(state.getNano());
            },
            in -> Instant.ofEpochSecond(in.readLong(), in.readInt()));
    static final StateCodec<Duration> DURATION = immutable(
            (state, out) -> {
                out.writeLong(state.getSeconds());
                out.writeInt(state.getNano());
            },
            in -> Duration.ofSeconds(in.readLong(), in.readInt()));

    private SimpleCodecs() {}

    private static <S> StateCodec<S> immutable(Writer<S> writer, Reader<S> reader) {
        return new Simple<>(writer, reader, true);
    }

    private static void writeText(String text, DataOutput out) throws IOException {
        writeBytes(text.getBytes(StandardCharsets.UTF_8), out);
    }

    private static String readText(DataInput in) throws IOException {
        return new String(readBytes(in), StandardCharsets.UTF_8);
    }

    private static void writeBytes(byte[] bytes, DataOutput out) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static byte[] readBytes(DataInput in) throws IOException {
        byte[] bytes = new byte[Lengths.checked(in.readInt())];
        in.readFully(bytes);
        return bytes;
    }

    /** Writes one value. */
    @FunctionalInterface
    private interface Writer<S> {
        void write(S state, DataOutput out) throws IOException;
    }

    /** Reads one value. */
    @FunctionalInterface
    private interface Reader<S> {
        S read(DataInput in) throws IOException;
    }

    /** A codec that has had one version so far. */
    private record Simple<S>(Writer<S> writer, Reader<S> reader, boolean immutableStates) implements StateCodec<S> {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(S state, DataOutput out) throws IOException {
            writer.write(state, out);
        }

        @Override
        public S read(DataInput in, int version) throws IOException {
            return reader.read(in);
        }
    }
}
