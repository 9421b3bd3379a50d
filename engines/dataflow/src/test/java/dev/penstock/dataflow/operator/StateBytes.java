package dev.penstock.dataflow.operator;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes states to bytes and reads them. */
public final class StateBytes {
    private StateBytes() {}

    public static <S> byte[] of(StateCodec<S> codec, S state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            codec.write(state, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
        return bytes.toByteArray();
    }

    /** The state in {@code bytes}, all of which are to be read. */
    public static <S> S read(StateCodec<S> codec, byte[] bytes) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            S state = codec.read(in, codec.version());
            if (in.available() > 0) {
                throw new IOException(in.available() + " bytes are left");
            }
            return state;
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    public static <S> S copy(StateCodec<S> codec, S state) {
        return read(codec, of(codec, state));
    }
}
