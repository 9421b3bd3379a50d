package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.StateCodec;
import dev.penstock.dataflow.operator.TimeDomain;
import dev.penstock.dataflow.operator.Timer;
import dev.penstock.spi.StateVersionException;
import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the store keeps of a key: its state and its timers, in one row; {@link ValueWriter} writes it.
 *
 * <p>Bytes: the format and what follows, in one; the version of the codec, if there is a state; the time of the last
 * touch, if it matters; the number of timers and each as domain, time and tag, if there are any; the state. Versions
 * and numbers have seven bits a byte, lowest first, the highest bit saying that more follow.
 *
 * @param touched when the state was put last, in milliseconds since 1970, or 0 if that does not matter
 */
record StoredValue<S>(Optional<S> state, List<Timer> timers, long touched) {
    /** The format, in the upper half of the first byte. */
    static final int FORMAT = 1;

    static final int FORMAT_SHIFT = 4;
    static final int WITH_STATE = 1;
    static final int WITH_TOUCHED = 2;
    static final int WITH_TIMERS = 4;
    private static final int NO_STATE = -1;

    static <S> StoredValue<S> read(String step, byte[] value, StateCodec<S> codec) {
        return read(step, value, (in, version, head) -> {
            if (version > codec.version()) {
                throw new StateVersionException(thing(step), version, codec.version());
            }
            Optional<S> state = version == NO_STATE ? Optional.empty() : Optional.of(codec.read(in, version));
            return new StoredValue<>(state, head.timers(), head.touched());
        });
    }

    /** The timers of a value alone. */
    static List<Timer> readTimers(String step, byte[] value) {
        return read(step, value, (in, version, head) -> head.timers());
    }

    /** What comes before the state. */
    private record Head(List<Timer> timers, long touched) {}

    /** Reads what comes after the head. */
    private interface Rest<T> {
        T read(DataInput in, int version, Head head) throws IOException;
    }

    private static <T> T read(String step, byte[] value, Rest<T> rest) {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(value))) {
            int parts = in.readByte();
            if (parts >>> FORMAT_SHIFT != FORMAT) {
                throw new StateVersionException(thing(step), parts >>> FORMAT_SHIFT, FORMAT);
            }
            int version = (parts & WITH_STATE) == 0 ? NO_STATE : readNumber(in);
            long touched = (parts & WITH_TOUCHED) == 0 ? 0 : in.readLong();
            List<Timer> timers = (parts & WITH_TIMERS) == 0 ? List.of() : readTimers(in);
            return rest.read(in, version, new Head(timers, touched));
        } catch (EOFException e) {
            throw new StateVersionException(thing(step), new IOException("a value of it is cut off", e));
        } catch (IOException | IllegalArgumentException e) {
            throw new StateVersionException(thing(step), e);
        }
    }

    private static String thing(String step) {
        return "step '" + step + "'";
    }

    private static List<Timer> readTimers(DataInput in) throws IOException {
        int count = readNumber(in);
        List<Timer> timers = new ArrayList<>(Math.min(Math.max(count, 0), 16));
        for (int i = 0; i < count; i++) {
            timers.add(new Timer(TimeDomain.of(in.readByte()), in.readLong(), in.readLong()));
        }
        return timers;
    }

    private static int readNumber(DataInput in) throws IOException {
        int number = 0;
        int shift = 0;
        byte part;
        do {
            part = in.readByte();
            number |= (part & 0x7F) << shift;
            shift += 7;
        } while (part < 0 && shift < Integer.SIZE);
        return number;
    }
}
