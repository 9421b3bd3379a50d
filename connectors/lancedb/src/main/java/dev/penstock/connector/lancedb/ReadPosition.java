package dev.penstock.connector.lancedb;

import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.StateVersionException;
import java.nio.ByteBuffer;

/**
 * How far a fragment was read.
 *
 * @param version of the table
 * @param rows that were given, of those that meet the filter
 * @param ended whether there are no more
 */
record ReadPosition(long version, int fragment, long rows, boolean ended) {
    static final int STATE_VERSION = 1;
    private static final int BYTES = Long.BYTES + Integer.BYTES + Long.BYTES + 1;

    ResumeState toState() {
        return new ResumeState(
                STATE_VERSION,
                ByteBuffer.allocate(BYTES)
                        .putLong(version)
                        .putInt(fragment)
                        .putLong(rows)
                        .put((byte) (ended ? 1 : 0))
                        .array());
    }

    static ReadPosition of(ResumeState state) {
        if (state.version() != STATE_VERSION) {
            throw new StateVersionException("a LanceDB source", state.version(), STATE_VERSION);
        }
        if (state.size() != BYTES) {
            throw new StateVersionException(
                    "a LanceDB source", new IllegalArgumentException("it has " + state.size() + " bytes"));
        }
        ByteBuffer bytes = ByteBuffer.wrap(state.bytes());
        return new ReadPosition(bytes.getLong(), bytes.getInt(), bytes.getLong(), bytes.get() == 1);
    }

    ReadPosition plus(long more) {
        return new ReadPosition(version, fragment, rows + more, ended);
    }

    /** What to throw when the version is no longer there. */
    ResumeLostException lost(String partition, long newest) {
        return new ResumeLostException(
                partition,
                "row " + rows + " of version " + version,
                "that version was cleaned away, the one being read is " + newest,
                "reset the state of the source to read the table from its start, and keep versions longer");
    }

    ReadPosition atEnd() {
        return new ReadPosition(version, fragment, rows, true);
    }
}
