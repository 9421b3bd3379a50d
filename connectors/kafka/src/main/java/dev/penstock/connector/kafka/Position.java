package dev.penstock.connector.kafka;

import dev.penstock.spi.ResumeState;
import dev.penstock.spi.StateVersionException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Uuid;

/**
 * Where a partition is read on, and in which incarnation of its topic.
 *
 * @param topicId of the topic that the offset belongs to
 * @param offset of the next record
 * @param leaderEpoch of the last record read, by which a truncated log is found out; -1 if it is not known
 * @param stop the offset at which a bounded partition ends; -1 if it does not
 */
record Position(Uuid topicId, long offset, int leaderEpoch, long stop) {
    static final long NO_STOP = -1;
    static final int NO_EPOCH = -1;

    private static final int VERSION = 1;
    private static final int SIZE = 2 * Long.BYTES + Long.BYTES + Integer.BYTES + Long.BYTES;

    ResumeState encode() {
        ByteBuffer bytes = ByteBuffer.allocate(SIZE);
        bytes.putLong(topicId.getMostSignificantBits()).putLong(topicId.getLeastSignificantBits());
        bytes.putLong(offset).putInt(leaderEpoch).putLong(stop);
        return new ResumeState(VERSION, bytes.array());
    }

    static Position decode(String partition, ResumeState state) {
        String thing = "partition '" + partition + "'";
        if (state.version() != VERSION) {
            throw new StateVersionException(thing, state.version(), VERSION);
        }
        if (state.size() != SIZE) {
            throw new StateVersionException(
                    thing, new IllegalArgumentException("it has " + state.size() + " bytes instead of " + SIZE));
        }
        ByteBuffer bytes = ByteBuffer.wrap(state.bytes());
        Uuid topicId = new Uuid(bytes.getLong(), bytes.getLong());
        return new Position(topicId, bytes.getLong(), bytes.getInt(), bytes.getLong());
    }

    /** The same place of reading as {@code next} says. */
    Position at(OffsetAndMetadata next) {
        return new Position(topicId, next.offset(), next.leaderEpoch().orElse(leaderEpoch), stop);
    }

    Position at(long next, Optional<Integer> epoch) {
        return new Position(topicId, next, epoch.orElse(leaderEpoch), stop);
    }

    /** As clients of Kafka write it. */
    OffsetAndMetadata toKafka() {
        return new OffsetAndMetadata(offset, leaderEpoch == NO_EPOCH ? Optional.empty() : Optional.of(leaderEpoch), "");
    }

    boolean isBounded() {
        return stop != NO_STOP;
    }

    boolean isAtEnd() {
        return isBounded() && offset >= stop;
    }
}
