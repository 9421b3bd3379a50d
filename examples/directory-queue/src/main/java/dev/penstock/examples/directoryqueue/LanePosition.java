package dev.penstock.examples.directoryqueue;

import dev.penstock.spi.ResumeState;
import dev.penstock.spi.StateVersionException;
import java.nio.ByteBuffer;

/**
 * Where to go on in a lane.
 *
 * @param message the number of the message that the next line is in; 0 if none was ever seen
 * @param offset the byte in it at which the next line starts
 */
record LanePosition(long message, long offset) {
    /** At the first message, whichever that will be. */
    static final LanePosition START = new LanePosition(0, 0);

    private static final int VERSION = 1;

    ResumeState state() {
        return new ResumeState(
                VERSION,
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(message)
                        .putLong(offset)
                        .array());
    }

    static LanePosition of(ResumeState state) {
        if (state.version() != VERSION || state.size() != 2 * Long.BYTES) {
            throw new StateVersionException("the position in a lane", state.version(), VERSION);
        }
        ByteBuffer bytes = ByteBuffer.wrap(state.bytes());
        return new LanePosition(bytes.getLong(), bytes.getLong());
    }

    @Override
    public String toString() {
        return "byte " + offset + " of message " + message;
    }
}
