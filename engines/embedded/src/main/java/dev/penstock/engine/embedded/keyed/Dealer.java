package dev.penstock.engine.embedded.keyed;

import dev.penstock.spi.data.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Deals the rows of batches out to workers, as evenly as it goes, whatever they are. Not thread safe. */
final class Dealer {
    private final int workers;
    private int next;

    /** @param first the worker that gets the first row */
    Dealer(int workers, int first) {
        this.workers = workers;
        this.next = first % workers;
    }

    /** Runs of neighbouring rows for each worker; empty where a worker gets none. */
    List<Optional<RecordBatch>> deal(RecordBatch batch) {
        List<Optional<RecordBatch>> dealt = new ArrayList<>(workers);
        for (int worker = 0; worker < workers; worker++) {
            int turn = Math.floorMod(worker - next, workers);
            int from = (int) ((long) batch.rowCount() * turn / workers);
            int to = (int) ((long) batch.rowCount() * (turn + 1) / workers);
            dealt.add(from == to ? Optional.empty() : Optional.of(batch.slice(from, to)));
        }
        next = (next + 1) % workers;
        return dealt;
    }
}
