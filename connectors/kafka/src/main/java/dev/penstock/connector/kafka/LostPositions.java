package dev.penstock.connector.kafka;

import dev.penstock.connector.kafka.SourceSettings.WhenLost;
import dev.penstock.spi.ResumeLostException;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.LogTruncationException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.Uuid;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what becomes of a partition whose position is not there any more: an error, unless the pipeline chose. */
final class LostPositions {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaConnector.class);
    private static final Duration LONGEST_ASK = Duration.ofSeconds(10);
    private static final String REMEDY =
            "restore the topic, or set when-lost: earliest or latest to go on without what" + " was lost";

    private final Cluster cluster;
    private final WhenLost whenLost;

    LostPositions(Cluster cluster, WhenLost whenLost) {
        this.cluster = cluster;
        this.whenLost = whenLost;
    }

    /** Where to go on when the broker refused {@code position}. */
    Position instead(PartitionName name, Position position, OffsetOutOfRangeException cause) {
        return instead(name, position, reason(name, cause));
    }

    private String reason(PartitionName name, OffsetOutOfRangeException cause) {
        if (cause instanceof LogTruncationException truncation) {
            OffsetAndMetadata divergent = truncation.divergentOffsets().get(name.partition());
            return "the log was truncated" + (divergent == null ? "" : " at " + divergent.offset())
                    + " after what was read there";
        }
        Optional<Long> earliest = offset(name, OffsetSpec.earliest());
        Optional<Long> latest = offset(name, OffsetSpec.latest());
        return earliest.isEmpty() || latest.isEmpty()
                ? "the partition does not exist any more"
                : "the partition now starts at " + earliest.get() + " and ends at " + latest.get();
    }

    private Optional<Long> offset(PartitionName name, OffsetSpec spec) {
        return cluster.offset(name.partition(), spec, LONGEST_ASK).map(ListOffsetsResultInfo::offset);
    }

    /**
     * Where to go on when the topic is not the one that {@code position} belongs to; if it is gone, that is the end.
     */
    Position insteadOfOtherTopic(PartitionName name, Position position) {
        String topic = "topic '" + name.partition().topic() + "' was deleted";
        if (!name.topicId().equals(Uuid.ZERO_UUID)) {
            return instead(
                    name,
                    position,
                    topic + " and created anew: its id was " + position.topicId() + " and is " + name.topicId());
        }
        if (whenLost == WhenLost.ERROR) {
            throw new ResumeLostException(name.id(), "offset " + position.offset(), topic, REMEDY);
        }
        return new Position(position.topicId(), position.offset(), position.leaderEpoch(), position.offset());
    }

    private Position instead(PartitionName name, Position position, String reason) {
        if (whenLost == WhenLost.ERROR) {
            throw new ResumeLostException(name.id(), "offset " + position.offset(), reason, REMEDY);
        }
        OffsetSpec spec = whenLost == WhenLost.EARLIEST ? OffsetSpec.earliest() : OffsetSpec.latest();
        ListOffsetsResultInfo start = cluster.offset(name.partition(), spec, LONGEST_ASK)
                .orElseThrow(() -> new ResumeLostException(name.id(), "offset " + position.offset(), reason, REMEDY));
        LOG.warn(
                "Partition '{}' goes on at offset {} instead of {}: {}",
                name.id(),
                start.offset(),
                position.offset(),
                reason);
        return new Position(
                name.topicId(), start.offset(), start.leaderEpoch().orElse(Position.NO_EPOCH), position.stop());
    }
}
