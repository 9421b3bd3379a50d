package dev.penstock.dataflow.window;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.dataflow.operator.StateCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of a key with windows, as bytes. */
final class WindowStateCodecTest {
    private static final long TIME = 1_767_225_600_000_000L;

    private final WindowStateCodec<String, Long> codec =
            new WindowStateCodec<>(input -> StateCodec.ofString(), StateCodec.ofLong());

    private static WindowState<String> full() {
        WindowState<String> state = new WindowState<>();
        state.nextId(7);
        state.lastTime(-5);
        state.timerAt = TIME;
        state.triggerAt(TIME + 1);
        OpenWindow endless = window(WindowTimes.shared(3, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE)
                .merged(new long[] {1, -2}));
        OpenWindow closed = window(WindowTimes.shared(4, TIME, TIME + 10, TIME + 11));
        closed.closed = true;
        closed.emitted = true;
        closed.itemsFired = 2;
        state.insert(endless);
        state.insert(closed);
        state.pending().add(TIME, TIME - 3, 1, "waits");
        state.pending().add(Long.MAX_VALUE, Long.MIN_VALUE, 0, "too");
        return state;
    }

    private static OpenWindow window(WindowTimes times) {
        OpenWindow window = new OpenWindow(times);
        window.items = 2;
        window.accumulator = times.id * 100;
        return window;
    }

    private byte[] bytes(WindowState<String> state) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        codec.write(state, new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private WindowState<String> read(byte[] bytes, int version) throws IOException {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
        WindowState<String> state = codec.read(in, version);
        assertThat(in.available()).isZero();
        return state;
    }

    private static void sameAsFull(WindowState<String> read) {
        assertThat(read).usingRecursiveComparison().isEqualTo(full());
    }

    @Test
    void givesBackAllThatItWrote() throws IOException {
        sameAsFull(read(bytes(full()), codec.version()));
    }

    @Test
    void takesFewBytesForOneWindow() throws IOException {
        WindowState<String> state = new WindowState<>();
        state.timerAt = TIME + 10_000_000;
        state.insert(window(WindowTimes.shared(176_722_560, TIME, TIME + 10_000_000, TIME + 10_000_000)));
        assertThat(bytes(state)).hasSizeLessThanOrEqualTo(42);
        assertThat(read(bytes(state), codec.version()))
                .usingRecursiveComparison()
                .isEqualTo(state);
    }

    @Test
    void readsTheFirstVersion() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(StateCodec.ofLong().version());
        for (long number : List.of(7L, -5L, TIME, TIME + 1)) {
            out.writeLong(number);
        }
        out.writeInt(2);
        writeOlder(full().window(0), out);
        writeOlder(full().window(1), out);
        out.writeInt(2);
        for (PendingValues.Pending<String> next : full().pending().inOrder()) {
            out.writeLong(next.turn());
            out.writeLong(next.time());
            out.writeInt(next.input());
            out.writeInt(StateCodec.ofString().version());
            StateCodec.ofString().write(next.value(), out);
        }
        sameAsFull(read(bytes.toByteArray(), 1));
    }

    private static void writeOlder(OpenWindow window, DataOutputStream out) throws IOException {
        for (long number : List.of(window.id(), window.openTime(), window.closeTime(), window.closesAt())) {
            out.writeLong(number);
        }
        out.writeInt(window.items);
        out.writeInt(window.itemsFired);
        out.writeByte((window.closed ? 1 : 0) | (window.emitted ? 2 : 0));
        out.writeInt(window.mergedIds().length);
        for (long merged : window.mergedIds()) {
            out.writeLong(merged);
        }
        out.writeLong((Long) requireNonNull(window.accumulator));
    }
}
