package dev.penstock.conformance.rules;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.ResumeState;
import dev.penstock.spi.WriteMode;
import java.util.List;

/**
 * How one incarnation of a pipeline with a sink is begun.
 *
 * @param run its id
 * @param generation of the lease: greater in every incarnation than in all before
 * @param writers how many there are
 * @param restoredEpoch the last durable epoch of all incarnations before, or -1
 * @param mode how rows are written
 * @param restored what the writers of the restored epoch left
 */
record Life(String run, long generation, int writers, long restoredEpoch, WriteMode mode, List<ResumeState> restored) {
    Life {
        requireNonNull(run, "run");
        requireNonNull(mode, "mode");
        restored = List.copyOf(restored);
    }

    /** The first incarnation, with one writer. */
    static Life first(WriteMode mode) {
        return new Life("run-1", 1, 1, -1, mode, List.of());
    }

    /** The same with another number of writers. */
    Life with(int newWriters) {
        return new Life(run, generation, newWriters, restoredEpoch, mode, restored);
    }

    /** The incarnation after this one, which begins from {@code epoch}. */
    Life next(long epoch, List<ResumeState> snapshots) {
        long next = generation + 1;
        return new Life("run-" + next, next, writers, epoch, mode, snapshots);
    }
}
