package dev.penstock.engine.embedded.keyed;

import dev.penstock.dataflow.operator.KeyEncoder;
import dev.penstock.dataflow.operator.KeyHash;
import dev.penstock.spi.data.RecordBatch;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Cuts batches by the worker that has the key of each row. Not thread safe. */
final class KeyPartitioner {
    private final KeyEncoder encoder;
    private final int workers;
    private final int[] counts;
    private int[] targets = new int[0];

    KeyPartitioner(KeyEncoder encoder, int workers) {
        this.encoder = encoder;
        this.workers = workers;
        this.counts = new int[workers];
    }

    /** The rows of {@code batch} for each worker, in their order; empty where a worker gets none. */
    List<Optional<RecordBatch>> split(RecordBatch batch) {
        choose(batch);
        @SuppressWarnings({"unchecked", "rawtypes"})
        Optional<RecordBatch>[] parts = new Optional[workers];
        for (int worker = 0; worker < workers; worker++) {
            parts[worker] = counts[worker] == 0 ? Optional.empty() : Optional.of(part(batch, worker));
        }
        return Arrays.asList(parts);
    }

    private void choose(RecordBatch batch) {
        Arrays.fill(counts, 0);
        if (targets.length < batch.rowCount()) {
            targets = new int[batch.rowCount()];
        }
        encoder.bind(batch);
        for (int row = 0; row < batch.rowCount(); row++) {
            encoder.encode(row);
            int worker = KeyHash.worker(encoder.hash(), workers);
            targets[row] = worker;
            counts[worker]++;
        }
    }

    private RecordBatch part(RecordBatch batch, int worker) {
        int count = counts[worker];
        if (count == batch.rowCount()) {
            return batch;
        }
        int[] rows = new int[count];
        int taken = 0;
        for (int row = 0; taken < count; row++) {
            rows[taken] = row;
            taken += targets[row] == worker ? 1 : 0;
        }
        return batch.take(rows, count);
    }
}
