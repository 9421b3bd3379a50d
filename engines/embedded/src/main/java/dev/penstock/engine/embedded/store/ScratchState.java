package dev.penstock.engine.embedded.store;

import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import dev.penstock.spi.EpochId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Keyed state in a temporary file that is gone with this object: for pipelines that keep nothing over their runs and
 * yet have more state than memory.
 *
 * <p>Not thread safe; its readers may be used beside it.
 */
public final class ScratchState implements AutoCloseable {
    private static final String NAME = "scratch";

    private final Path directory;
    private final SqliteRecoveryStore store;
    private long writes;

    private ScratchState(Path directory, InstantSource clock) {
        this.directory = directory;
        this.store = SqliteRecoveryStore.ofThisProcess(directory, NAME, clock);
        store.claim(Owner.current(NAME));
        store.recover();
    }

    /** An empty one, in the system's directory for temporary files, whose keys expire by {@code clock}. */
    public static ScratchState create(InstantSource clock) {
        try {
            return new ScratchState(Files.createTempDirectory("penstock-state-"), clock);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Cannot make a directory for state that does not fit into memory; free space in the directory for"
                            + " temporary files, or give more memory with runtime.state-memory",
                    e);
        }
    }

    /** Writes changes, of which the last of a key counts. */
    public void write(List<KeyChange> changes) {
        EpochId id = new EpochId(NAME, ++writes);
        store.seal(new SealedEpoch(id, List.of(), List.of(), List.of(), List.of(), changes));
    }

    /** As {@link RecoveryStore#keyedState}. */
    public void keyedState(String stepId, BiConsumer<byte[], byte[]> entries) {
        store.keyedState(stepId, entries);
    }

    /** As {@link RecoveryStore#keyReader}; to be closed before this. */
    public KeyReader keyReader(String stepId) {
        return store.keyReader(stepId).orElseThrow();
    }

    @Override
    public void close() {
        store.close();
        StateFiles files = new StateFiles(directory, NAME);
        try {
            for (Path file : files.all()) {
                Files.deleteIfExists(file);
            }
            Files.deleteIfExists(files.lock());
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot delete the temporary state in '" + directory + "'", e);
        }
    }
}
