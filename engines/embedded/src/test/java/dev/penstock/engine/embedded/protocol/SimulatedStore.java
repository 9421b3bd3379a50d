package dev.penstock.engine.embedded.protocol;

import dev.penstock.engine.embedded.store.Owner;
import dev.penstock.engine.embedded.store.Recovered;
import dev.penstock.engine.embedded.store.RecoveryStore;
import dev.penstock.engine.embedded.store.SealedEpoch;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.FencedException;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** One incarnation's hold on the disk. The process may end before and after each write. */
final class SimulatedStore implements RecoveryStore {
    private final SimulatedDisk disk;
    private final Chaos chaos;
    private final Weakness weakness;
    private long generation;

    SimulatedStore(SimulatedDisk disk, Chaos chaos, Weakness weakness) {
        this.disk = disk;
        this.chaos = chaos;
        this.weakness = weakness;
    }

    @Override
    public long claim(Owner owner) {
        generation = disk.nextGeneration();
        return generation;
    }

    @Override
    public Recovered recover() {
        return disk.recover(weakness);
    }

    @Override
    public void seal(SealedEpoch epoch) {
        write(() -> disk.seal(epoch));
    }

    @Override
    public void markCommitted(String sinkId, List<EpochId> epochs) {
        write(() -> disk.markCommitted(sinkId, epochs));
    }

    @Override
    public void renew() {
        write(() -> {});
    }

    private void write(Runnable change) {
        chaos.mayCrash();
        if (generation < disk.generation() && weakness != Weakness.NO_FENCING) {
            throw new FencedException("generation " + generation + " was replaced");
        }
        change.run();
        chaos.mayCrash();
    }

    @Override
    public void keyedState(String stepId, BiConsumer<byte[], byte[]> entries) {}

    @Override
    public Optional<String> recall(String name) {
        return Optional.empty();
    }

    @Override
    public void remember(String name, String value) {}

    @Override
    public void close() {}
}
