package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.Key;
import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.operator.TimeDomain;
import dev.penstock.dataflow.operator.Timer;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.StateVersionException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the store keeps of a key: its state and its timers, in one row.
 *
 * <p>Bytes: a format number, the version of the codec (-1 without state), the time of the last touch, the number of
 * timers, each timer as domain, time and tag, and the state.
 *
 * @param touched when the state was put last, in milliseconds since 1970, or 0 if that does not matter
 */
record StoredValue<S>(Optional<S> state, List<Timer> timers, long touched) {
    private static final int FORMAT = 1;
    private static final int NO_STATE = -1;

    byte[] write(String step, Key key, StateCodec<S> codec) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            out.writeInt(state.isPresent() ? codec.version() : NO_STATE);
            out.writeLong(touched);
            out.writeInt(timers.size());
            for (Timer timer : timers) {
                out.writeByte(timer.domain().code());
                out.writeLong(timer.time());
                out.writeLong(timer.tag());
            }
            if (state.isPresent()) {
                codec.write(state.get(), out);
            }
        } catch (IOException e) {
            throw new FatalException(
                    "Cannot keep the state of key " + key + " of step '" + step + "': its codec failed with "
                            + e.getMessage() + "; mend the codec",
                    e);
        }
        return bytes.toByteArray();
    }

    static <S> StoredValue<S> read(String step, byte[] value, StateCodec<S> codec) {
        String thing = "step '" + step + "'";
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
            int format = in.readByte();
            if (format != FORMAT) {
                throw new StateVersionException(thing, format, FORMAT);
            }
            int version = in.readInt();
            long touched = in.readLong();
            List<Timer> timers = readTimers(in);
            if (version == NO_STATE) {
                return new StoredValue<>(Optional.empty(), timers, touched);
            }
            if (version > codec.version()) {
                throw new StateVersionException(thing, version, codec.version());
            }
            return new StoredValue<>(Optional.of(codec.read(in, version)), timers, touched);
        } catch (EOFException e) {
            throw new StateVersionException(thing, new IOException("a value of it is cut off", e));
        } catch (IOException | IllegalArgumentException e) {
            throw new StateVersionException(thing, e);
        }
    }

    private static List<Timer> readTimers(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<Timer> timers = new ArrayList<>(Math.min(Math.max(count, 0), 16));
        for (int i = 0; i < count; i++) {
            timers.add(new Timer(TimeDomain.of(in.readByte()), in.readLong(), in.readLong()));
        }
        return timers;
    }
}
