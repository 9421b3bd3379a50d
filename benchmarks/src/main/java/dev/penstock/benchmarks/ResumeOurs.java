package dev.penstock.benchmarks;

import dev.penstock.engine.embedded.store.Owner;
import dev.penstock.engine.embedded.store.RecoveryStore;
import dev.penstock.engine.embedded.store.SqliteRecoveryStore;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Takes the lease, recovers and reads all keys, as a restarted pipeline does. */
final class ResumeOurs {
    private ResumeOurs() {}

    public static void main(String[] arguments) {
        Map<ByteBuffer, byte[]> state = new HashMap<>();
        try (RecoveryStore store = SqliteRecoveryStore.of(Path.of(arguments[0]), ResumeData.PIPELINE)) {
            store.claim(Owner.current("resume"));
            store.recover();
            store.keyedState(ResumeData.STEP, (key, value) -> state.put(ByteBuffer.wrap(key), value));
        }
        ResumeData.expect(Integer.parseInt(arguments[1]), state.size());
    }
}
