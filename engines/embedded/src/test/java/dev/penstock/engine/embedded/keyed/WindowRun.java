package dev.penstock.engine.embedded.keyed;

import static java.util.Objects.requireNonNull;

import dev.penstock.dataflow.operator.KeyContext;
import dev.penstock.engine.embedded.store.Owner;
import dev.penstock.engine.embedded.store.SealedEpoch;
import dev.penstock.engine.embedded.store.SealedEpoch.KeyChange;
import dev.penstock.engine.embedded.store.SealedEpoch.Position;
import dev.penstock.engine.embedded.store.SqliteRecoveryStore;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * One incarnation of a small pipeline on one thread: partitions are read in an order that a seed decides, exchanged,
 * summed by windows on any number of workers, and sealed in a real store at barriers while rows are under way.
 */
final class WindowRun implements AutoCloseable {
    private static final Duration NOW = Duration.ZERO;
    private static final long OUT_OF_ORDER = 30;

    private final List<List<Reading>> partitions;
    private final Random random;
    private final List<Row> delivered;
    private final SqliteRecoveryStore store;
    private final int[] positions;
    private final long[] greatest;
    private final List<Exchange.Sender> senders;
    private final List<AlignedInput> inputs;
    private final List<KeyedStage<?>> stages = new ArrayList<>();
    private final List<List<Row>> emitted = new ArrayList<>();
    private final Map<Long, Pending> pending = new TreeMap<>();
    private long epoch;
    private int endedWorkers;

    /** What a source gives. */
    record Reading(String sensor, long time, long value) {}

    /** An epoch whose barrier has not come out everywhere. */
    private static final class Pending {
        private final int[] positions;
        private final List<KeyChange> changes = new ArrayList<>();
        private final List<Row> rows = new ArrayList<>();
        private int workers;

        Pending(int[] positions) {
            this.positions = positions.clone();
        }
    }

    WindowRun(Path directory, List<List<Reading>> partitions, int workers, Random random, List<Row> delivered) {
        this.partitions = partitions;
        this.random = random;
        this.delivered = delivered;
        this.store = SqliteRecoveryStore.of(directory, "windows");
        store.claim(Owner.current("run"));
        this.positions = new int[partitions.size()];
        this.greatest = new long[partitions.size()];
        Arrays.fill(greatest, KeyContext.NO_WATERMARK + OUT_OF_ORDER);
        this.epoch = store.recover().epoch();
        for (Position position : store.recover().positions()) {
            positions[Integer.parseInt(position.partition().id())] =
                    ByteBuffer.wrap(position.state().bytes()).getInt();
        }
        Exchange exchange = new Exchange(workers, Integer.MAX_VALUE, Long.MAX_VALUE);
        this.senders = exchange.connect(0, partitions.size(), TumblingSum.INPUT, List.of("sensor"));
        this.inputs = exchange.inputs();
        makeStages(workers);
    }

    private void makeStages(int workers) {
        List<KeyedStage<Map<Long, Long>>> made = new ArrayList<>();
        for (int worker = 0; worker < workers; worker++) {
            List<Row> rows = new ArrayList<>();
            emitted.add(rows);
            made.add(new KeyedStage<>(
                    new TumblingSum(),
                    worker,
                    List.of(TumblingSum.INPUT),
                    InstantSource.system(),
                    (output, batch) -> rows.addAll(batch.toRows())));
        }
        KeyedStage.restore(store, made);
        stages.addAll(made);
    }

    /** Takes {@code steps} steps at random, or fewer if all is done. */
    void run(int steps) throws InterruptedException {
        for (int step = 0; step < steps && !isDone(); step++) {
            int choice = random.nextInt(40);
            if (choice == 0) {
                barrier();
            } else if (choice < 12) {
                read(random.nextInt(partitions.size()));
            } else {
                work(random.nextInt(inputs.size()));
            }
        }
    }

    /** Goes on to the end of all partitions, and seals the rest. */
    void finish() throws InterruptedException {
        while (!isDone()) {
            run(100);
        }
        Pending last = new Pending(positions);
        for (int worker = 0; worker < stages.size(); worker++) {
            last.changes.addAll(stages.get(worker).snapshot().changes());
            last.rows.addAll(emitted.get(worker));
        }
        seal(++epoch, last);
    }

    private boolean isDone() {
        return endedWorkers == stages.size();
    }

    private void read(int index) throws InterruptedException {
        List<Reading> partition = partitions.get(index);
        int from = positions[index];
        if (from > partition.size()) {
            return;
        }
        int to = Math.min(partition.size(), from + 1 + random.nextInt(6));
        if (from == partition.size()) {
            senders.get(index).end();
            positions[index]++;
            return;
        }
        senders.get(index).rows(batch(partition.subList(from, to)));
        positions[index] = to;
        for (Reading reading : partition.subList(from, to)) {
            greatest[index] = Math.max(greatest[index], reading.time());
        }
        senders.get(index).watermark(greatest[index] - OUT_OF_ORDER);
    }

    private static RecordBatch batch(List<Reading> readings) {
        BatchBuilder rows = new BatchBuilder(TumblingSum.INPUT);
        readings.forEach(reading -> rows.append(reading.sensor(), reading.value()));
        return rows.build()
                .withEventTimes(readings.stream().mapToLong(Reading::time).toArray());
    }

    private void barrier() throws InterruptedException {
        boolean anyEnded = false;
        for (int i = 0; i < positions.length; i++) {
            anyEnded |= positions[i] > partitions.get(i).size();
        }
        if (anyEnded) {
            return;
        }
        epoch++;
        pending.put(epoch, new Pending(positions));
        for (Exchange.Sender sender : senders) {
            sender.barrier(epoch);
        }
    }

    private void work(int worker) throws InterruptedException {
        Optional<StageEvent> next = inputs.get(worker).next(NOW);
        if (next.isEmpty()) {
            return;
        }
        KeyedStage<?> stage = stages.get(worker);
        StageEvent event = next.get();
        if (event instanceof StageEvent.Rows rows) {
            stage.rows(rows.input(), rows.batch());
        } else if (event instanceof StageEvent.Watermark watermark) {
            stage.watermark(watermark.micros());
        } else if (event instanceof StageEvent.Barrier barrier) {
            snapshot(worker, barrier.epoch());
        } else if (event instanceof StageEvent.End) {
            stage.end();
            endedWorkers++;
        }
    }

    private void snapshot(int worker, long barrier) {
        Pending sealing = requireNonNull(pending.get(barrier));
        sealing.changes.addAll(stages.get(worker).snapshot().changes());
        sealing.rows.addAll(emitted.get(worker));
        emitted.get(worker).clear();
        sealing.workers++;
        if (sealing.workers == stages.size()) {
            pending.remove(barrier);
            seal(barrier, sealing);
        }
    }

    private void seal(long number, Pending sealing) {
        List<Position> moved = new ArrayList<>();
        for (int i = 0; i < sealing.positions.length; i++) {
            byte[] at = ByteBuffer.allocate(Integer.BYTES)
                    .putInt(Math.min(sealing.positions[i], partitions.get(i).size()))
                    .array();
            moved.add(new Position("in", Partition.of(Integer.toString(i), true), new ResumeState(1, at), false));
        }
        store.seal(
                new SealedEpoch(new EpochId("run", number), moved, List.of(), List.of(), List.of(), sealing.changes));
        delivered.addAll(sealing.rows);
    }

    long keys() {
        return stages.stream().mapToLong(stage -> stage.meters().keys()).sum();
    }

    /** A crash as much as an end: nothing is sealed. */
    @Override
    public void close() {
        store.close();
    }
}
