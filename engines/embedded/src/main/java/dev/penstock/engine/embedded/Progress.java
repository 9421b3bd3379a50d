package dev.penstock.engine.embedded;

import dev.penstock.spi.data.Operation;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a pipeline has done since {@link EmbeddedEngine#run} was called. Rows that are read again after a restart count
 * again.
 *
 * @param rows that sources gave
 * @param bytes of memory of those rows, before decoding
 * @param sourceOperations the rows by what they say has happened
 * @param steps what each step did, by its id, in the order of the plan
 * @param partitions that are known
 * @param unchangedPartitions that ended in this run without a row, as they had before
 * @param epochs that became durable
 * @param restarts in process, after errors that may pass
 * @param deadLetters rows that were set aside
 * @param lag how far the newest row lies back by its event time; empty if rows have none
 * @param activity what goes on now, in a word or two
 */
public record Progress(
        long rows,
        long bytes,
        Map<Operation, Long> sourceOperations,
        Map<String, StepProgress> steps,
        long partitions,
        long unchangedPartitions,
        long epochs,
        long restarts,
        long deadLetters,
        Optional<Duration> lag,
        String activity) {
    /**
     * What one step did.
     *
     * @throws IllegalArgumentException if the pipeline has no step {@code id}
     */
    public StepProgress step(String id) {
        StepProgress found = steps.get(id);
        if (found == null) {
            throw new IllegalArgumentException("Cannot tell what step '" + id + "' did: there is none; known are "
                    + String.join(", ", steps.keySet()));
        }
        return found;
    }
}
