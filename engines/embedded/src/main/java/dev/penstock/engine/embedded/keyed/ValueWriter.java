package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.dataflow.operator.Timer;
import dev.penstock.spi.FatalException;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what {@link StoredValue} reads, through a buffer that is used again. Not thread safe. */
final class ValueWriter<S> {
    private final KeyedStep<S> step;
    private final ValueOutput bytes = new ValueOutput();
    private final DataOutputStream out = new DataOutputStream(bytes);

    ValueWriter(KeyedStep<S> step) {
        this.step = step;
    }

    /** The value of a key. */
    byte[] write(Object id, @Nullable S state, List<Timer> timers, long touched) {
        writeInPlace(id, state, timers, touched);
        return bytes.toBytes();
    }

    /** Writes the value of a key into {@link #inPlace}, and gives how long it is. */
    int writeInPlace(Object id, @Nullable S state, List<Timer> timers, long touched) {
        bytes.clear();
        try {
            writeParts(state, timers, touched);
        } catch (IOException e) {
            throw failed(id, e);
        }
        return bytes.size();
    }

    /** The buffer, valid until the next value is written. */
    byte[] inPlace() {
        return bytes.bytes();
    }

    private void writeParts(@Nullable S state, List<Timer> timers, long touched) throws IOException {
        int parts = (state == null ? 0 : StoredValue.WITH_STATE)
                | (touched == 0 ? 0 : StoredValue.WITH_TOUCHED)
                | (timers.isEmpty() ? 0 : StoredValue.WITH_TIMERS);
        out.writeByte(StoredValue.FORMAT << StoredValue.FORMAT_SHIFT | parts);
        if (state != null) {
            writeNumber(step.codec().version());
        }
        if (touched != 0) {
            out.writeLong(touched);
        }
        if (!timers.isEmpty()) {
            writeTimers(timers);
        }
        if (state != null) {
            step.codec().write(state, out);
        }
    }

    private void writeTimers(List<Timer> timers) throws IOException {
        writeNumber(timers.size());
        for (Timer timer : timers) {
            out.writeByte(timer.domain().code());
            out.writeLong(timer.time());
            out.writeLong(timer.tag());
        }
    }

    private void writeNumber(int number) throws IOException {
        int rest = number;
        while (rest >= 0x80) {
            out.writeByte(rest | 0x80);
            rest >>>= 7;
        }
        out.writeByte(rest);
    }

    /** How many bytes {@code state} takes. */
    int sizeOf(Object id, S state) {
        bytes.clear();
        try {
            step.codec().write(state, out);
        } catch (IOException e) {
            throw failed(id, e);
        }
        return bytes.size();
    }

    private FatalException failed(Object id, IOException cause) {
        return new FatalException(
                "Cannot keep the state of key " + KeyIdentity.key(id) + " of step '" + step.id()
                        + "': its codec failed with " + cause.getMessage() + "; mend the codec",
                cause);
    }
}
