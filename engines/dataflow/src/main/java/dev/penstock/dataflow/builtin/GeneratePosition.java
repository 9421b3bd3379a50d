package dev.penstock.dataflow.builtin;

import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.StateVersionException;
import java.nio.ByteBuffer;

/**
 * Where a partition stands.
 *
 * @param next how many of its rows have been given
 * @param partitions how many there were; with another number, other rows would be in the partition
 */
record GeneratePosition(long next, int partitions) {
    private static final int VERSION = 1;
    private static final int SIZE = Long.BYTES + Integer.BYTES;

    static GeneratePosition of(ResumeState state) {
        if (state.version() != VERSION) {
            throw new StateVersionException("a generated partition", state.version(), VERSION);
        }
        if (state.size() != SIZE) {
            throw new StateVersionException(
                    "a generated partition", new IllegalArgumentException("it has " + state.size() + " bytes"));
        }
        ByteBuffer bytes = ByteBuffer.wrap(state.bytes());
        return new GeneratePosition(bytes.getLong(), bytes.getInt());
    }

    long checked(int partition, int partitionsNow) {
        if (partitions != partitionsNow) {
            throw new ResumeLostException(
                    String.valueOf(partition),
                    "row " + next,
                    "its rows were dealt out to " + partitions + " partitions and now to " + partitionsNow,
                    "set partitions to " + partitions + " again, or reset the state of the step");
        }
        return next;
    }

    ResumeState state() {
        return new ResumeState(
                VERSION,
                ByteBuffer.allocate(SIZE).putLong(next).putInt(partitions).array());
    }
}
