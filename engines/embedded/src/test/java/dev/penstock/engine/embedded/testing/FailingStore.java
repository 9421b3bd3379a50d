package dev.penstock.engine.embedded.testing;

import dev.penstock.engine.embedded.runtime.Stores;
import dev.penstock.engine.embedded.store.Owner;
import dev.penstock.engine.embedded.store.Recovered;
import dev.penstock.engine.embedded.store.RecoveryStore;
import dev.penstock.engine.embedded.store.SealedEpoch;
import dev.penstock.engine.embedded.store.SqliteRecoveryStore;
import dev.penstock.engine.embedded.store.StateUnavailableException;
import dev.penstock.spi.EpochId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** A real store whose disk gets full after some epochs. */
public final class FailingStore implements Stores {
    private final Path directory;
    private final String pipeline;
    private int sealsLeft = Integer.MAX_VALUE;

    public FailingStore(Path directory, String pipeline) {
        this.directory = directory;
        this.pipeline = pipeline;
    }

    /** Only {@code seals} more epochs fit on the disk. */
    public void failSealsAfter(int seals) {
        sealsLeft = seals;
    }

    @Override
    public RecoveryStore open() {
        return new Limited(SqliteRecoveryStore.of(directory, pipeline));
    }

    private final class Limited implements RecoveryStore {
        private final RecoveryStore real;

        Limited(RecoveryStore real) {
            this.real = real;
        }

        @Override
        public long claim(Owner owner) {
            return real.claim(owner);
        }

        @Override
        public Recovered recover() {
            return real.recover();
        }

        @Override
        public void keyedState(String stepId, BiConsumer<byte[], byte[]> entries) {
            real.keyedState(stepId, entries);
        }

        @Override
        public void seal(SealedEpoch epoch) {
            if (sealsLeft-- <= 0) {
                throw new StateUnavailableException(
                        StateUnavailableException.Reason.DISK_FULL,
                        "Cannot seal: no space is left",
                        new IOException("No space left on device"));
            }
            real.seal(epoch);
        }

        @Override
        public void markCommitted(String sinkId, List<EpochId> epochs) {
            real.markCommitted(sinkId, epochs);
        }

        @Override
        public void renew() {
            real.renew();
        }

        @Override
        public Optional<String> recall(String name) {
            return real.recall(name);
        }

        @Override
        public void remember(String name, String value) {
            real.remember(name, value);
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
