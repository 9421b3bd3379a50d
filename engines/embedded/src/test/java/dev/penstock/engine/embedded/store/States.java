package dev.penstock.engine.embedded.store;

import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import dev.penstock.engine.embedded.store.SealedEpoch.PendingHandle;
import dev.penstock.engine.embedded.store.SealedEpoch.Position;
import dev.penstock.engine.embedded.store.SealedEpoch.WriterSnapshot;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.ResumeState;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Short ways to say what a test seals and finds. */
final class States {
    private States() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static ResumeState state(String text) {
        return new ResumeState(1, bytes(text));
    }

    static Position position(String partition, String state) {
        return new Position("in", new Partition(partition, bytes("where " + partition), true), state(state), false);
    }

    static PendingHandle handle(long epoch, int writer) {
        return new PendingHandle(
                "out",
                new Prepared(new EpochId("run", epoch), writer, state("file-" + epoch), 10 * epoch, 100 * epoch));
    }

    static WriterSnapshot snapshot(int writer, String state) {
        return new WriterSnapshot("out", writer, state(state));
    }

    static KeyChange put(String key, String value) {
        return new KeyChange("count", bytes(key), Optional.of(bytes(value)));
    }

    static KeyChange drop(String key) {
        return new KeyChange("count", bytes(key), Optional.empty());
    }

    static SealedEpoch positions(long epoch, Position... positions) {
        return new SealedEpoch(
                new EpochId("run", epoch), List.of(positions), List.of(), List.of(), List.of(), List.of());
    }

    static SealedEpoch handles(long epoch, PendingHandle... handles) {
        return new SealedEpoch(new EpochId("run", epoch), List.of(), List.of(), List.of(handles), List.of(), List.of());
    }

    static SealedEpoch changes(long epoch, KeyChange... changes) {
        return new SealedEpoch(new EpochId("run", epoch), List.of(), List.of(), List.of(), List.of(), List.of(changes));
    }

    /** The live keys of step {@code count}. */
    static Map<String, String> keys(RecoveryStore store) {
        Map<String, String> keys = new TreeMap<>();
        store.keyedState(
                "count",
                (key, value) ->
                        keys.put(new String(key, StandardCharsets.UTF_8), new String(value, StandardCharsets.UTF_8)));
        return keys;
    }
}
