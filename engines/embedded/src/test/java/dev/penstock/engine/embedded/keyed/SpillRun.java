package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.Key;
import dev.penstock.dataflow.operator.KeyHash;
import dev.penstock.dataflow.operator.KeyedStep;
import dev.penstock.engine.embedded.store.Owner;
import dev.penstock.engine.embedded.store.SealedEpoch;
import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import dev.penstock.engine.embedded.store.SqliteRecoveryStore;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Schema;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * A step that obeys, driven by a seed through orders, watermarks, epochs that become durable later, crashes and
 * rescaling. The same seed says the same, however little memory there is.
 */
final class SpillRun {
    private static final int KEYS = 300;
    private static final int STEPS = 400;

    private final Random random;
    private final Path directory;
    private final long budgetBytes;
    private final KeyedStep<String> step;
    private final List<String> said = new ArrayList<>();
    private final Deque<List<KeyChange>> unsealed = new ArrayDeque<>();
    private List<KeyedStage<String>> stages = List.of();
    private SqliteRecoveryStore store;
    private int saidDurably;
    private final Deque<Integer> saidBy = new ArrayDeque<>();
    private long epoch;
    private long watermark;
    private long durableWatermark;
    private final Deque<Long> watermarks = new ArrayDeque<>();
    private long mostSpilled;
    private long millis = 1_000;
    private final int dueAtOnce;

    /** @param step an {@link Obedient}, or an {@link ObedientObjects} */
    SpillRun(long seed, Path directory, long budgetBytes, KeyedStep<String> step) {
        this.random = new Random(seed);
        this.directory = directory;
        this.budgetBytes = budgetBytes;
        this.step = step;
        this.dueAtOnce = seed % 3 == 0 ? 1_000 : (int) (seed % 3);
        this.store = open();
    }

    private SqliteRecoveryStore open() {
        return SqliteRecoveryStore.of(directory, "spill", this::now);
    }

    private Instant now() {
        return Instant.ofEpochMilli(millis);
    }

    /** How many keys were out of memory at most. */
    long mostSpilled() {
        return mostSpilled;
    }

    /** What is said from the beginning to the end, without what crashes undid. */
    List<String> run() {
        start();
        for (int step = 0; step < STEPS; step++) {
            int choice = random.nextInt(100);
            if (choice < 70) {
                orders();
            } else if (choice < 80) {
                advance();
            } else if (choice < 96) {
                epoch();
            } else {
                crash();
            }
            mostSpilled = Math.max(
                    mostSpilled,
                    stages.stream()
                            .mapToLong(stage -> stage.meters().spilledKeys())
                            .sum());
        }
        stages.forEach(KeyedStage::end);
        stages.forEach(KeyedStage::close);
        store.close();
        return said;
    }

    private void start() {
        store.claim(Owner.current("run"));
        store.recover();
        StateBudget budget = new StateBudget(budgetBytes, dueAtOnce, () -> {});
        int workers = 1 + random.nextInt(3);
        List<KeyedStage<String>> made = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            made.add(new KeyedStage<>(
                    step,
                    worker,
                    List.of(schema()),
                    this::now,
                    (output, batch) -> batch.toRows().forEach(row -> said.add(row.get("said", String.class)))));
        }
        stages = made;
        KeyedStage.restore(store, budget, made);
        // Epochs become durable on this thread, so that nobody may wait for them.
        budget.close();
    }

    private Schema schema() {
        return step instanceof ObedientObjects ? ObedientObjects.INPUT : Obedient.INPUT;
    }

    private void orders() {
        List<BatchBuilder> batches = new ArrayList<>();
        stages.forEach(stage -> batches.add(new BatchBuilder(schema())));
        int count = 1 + random.nextInt(40);
        for (int i = 0; i < count; i++) {
            // Few keys are used often, so that some stay and some go.
            String key = "key-" + (random.nextBoolean() ? random.nextInt(KEYS) : random.nextInt(10));
            batches.get(KeyHash.worker(Key.ofValue(key).hash(), stages.size())).append(key, order());
        }
        for (int worker = 0; worker < stages.size(); worker++) {
            if (batches.get(worker).rowCount() > 0) {
                stages.get(worker).rows(0, batches.get(worker).build());
            }
        }
    }

    private String order() {
        return switch (random.nextInt(10)) {
            case 0, 1, 2 -> "say";
            case 3 -> "drop";
            case 4, 5 -> "event " + (watermark + random.nextInt(60));
            case 6 -> "cancel " + (watermark + random.nextInt(60));
            case 7 -> "clock " + (millis * 1_000 + random.nextInt(100_000));
            default -> "put " + random.nextInt(1_000);
        };
    }

    /** Event time moves on, and often the clock, which the stages may hear of first or not. */
    private void advance() {
        watermark += random.nextInt(20);
        millis += random.nextInt(10);
        if (random.nextBoolean()) {
            stages.forEach(KeyedStage::advanceClock);
        }
        stages.forEach(stage -> stage.watermark(watermark));
    }

    /** A barrier, and often the oldest epoch becomes durable; sometimes several are on their way. */
    private void epoch() {
        List<KeyChange> changes = new ArrayList<>();
        stages.forEach(stage -> changes.addAll(stage.snapshot().changes()));
        unsealed.add(changes);
        saidBy.add(said.size());
        watermarks.add(watermark);
        while (unsealed.size() > 2 || (!unsealed.isEmpty() && random.nextInt(3) > 0)) {
            store.seal(new SealedEpoch(
                    new EpochId("run", ++epoch), List.of(), List.of(), List.of(), List.of(), unsealed.removeFirst()));
            saidDurably = saidBy.removeFirst();
            durableWatermark = watermarks.removeFirst();
            stages.forEach(KeyedStage::durable);
        }
    }

    private void crash() {
        stages.forEach(KeyedStage::close);
        store.close();
        unsealed.clear();
        saidBy.clear();
        watermarks.clear();
        said.subList(saidDurably, said.size()).clear();
        watermark = durableWatermark;
        store = open();
        start();
    }
}
