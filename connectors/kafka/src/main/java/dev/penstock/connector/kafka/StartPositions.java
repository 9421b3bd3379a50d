package dev.penstock.connector.kafka;

import dev.penstock.connector.kafka.SourceSettings.Start;
import dev.penstock.spi.RetryableException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Resolves where a partition begins, and where a bounded one ends in one run; what comes out is kept in the state. */
final class StartPositions {

    private final Cluster cluster;
    private final Start start;
    private final boolean follow;
    /** A reader that is made anew in the same run ends where the one before it would have. */
    private final Map<PartitionName, Long> ends = new ConcurrentHashMap<>();

    private final OffsetQuestions starts;
    private final OffsetQuestions latest;

    StartPositions(Cluster cluster, Start start, boolean follow) {
        this.cluster = cluster;
        this.start = start;
        this.follow = follow;
        this.starts = new OffsetQuestions(cluster, this::spec);
        this.latest = new OffsetQuestions(cluster, OffsetSpec::latest);
    }

    /** These partitions were there when reading began; a reader of each will be made. */
    void expect(Collection<TopicPartition> partitions) {
        starts.expect(partitions);
        if (!follow) {
            latest.expect(partitions);
        }
    }

    /**
     * Where a partition without a state begins.
     *
     * @param isNew whether it appeared after the first start, and so is read from its own start (SD-04)
     */
    Position first(PartitionName name, boolean isNew) {
        ListOffsetsResultInfo found =
                isNew ? ask(name, OffsetSpec.earliest()) : require(name, starts.ask(name.partition()));
        if (found.offset() < 0) {
            found = ask(name, OffsetSpec.latest()); // nothing was written at that time or later
        }
        Optional<Long> given = isNew ? Optional.empty() : given(name.partition());
        long offset = given.orElse(found.offset());
        int epoch = given.isPresent() ? Position.NO_EPOCH : found.leaderEpoch().orElse(Position.NO_EPOCH);
        return bounded(new Position(name.topicId(), offset, epoch, Position.NO_STOP), name);
    }

    private Optional<Long> given(TopicPartition partition) {
        return Optional.ofNullable(start.offsets().get(partition.toString()));
    }

    private OffsetSpec spec() {
        return switch (start.at()) {
            case EARLIEST, OFFSETS -> OffsetSpec.earliest();
            case LATEST -> OffsetSpec.latest();
            case TIMESTAMP ->
                OffsetSpec.forTimestamp(start.timestamp().orElseThrow().toEpochMilli());
        };
    }

    /**
     * The position of a state, with the end that this run reads to, and a new one if it stood at its end; without one
     * if reading goes on for ever now.
     */
    Position resumed(Position position, PartitionName name) {
        if (position.isAtEnd()) {
            ends.remove(name);
        }
        return name.topicId().equals(Uuid.ZERO_UUID)
                ? position
                : bounded(
                        new Position(position.topicId(), position.offset(), position.leaderEpoch(), Position.NO_STOP),
                        name);
    }

    private Position bounded(Position position, PartitionName name) {
        if (follow) {
            return position;
        }
        long end = Math.max(
                position.offset(),
                ends.computeIfAbsent(
                        name,
                        asked -> require(asked, latest.ask(asked.partition())).offset()));
        return new Position(position.topicId(), position.offset(), position.leaderEpoch(), end);
    }

    private ListOffsetsResultInfo ask(PartitionName name, OffsetSpec spec) {
        return require(name, cluster.offset(name.partition(), spec, cluster.patience()));
    }

    private static ListOffsetsResultInfo require(PartitionName name, Optional<ListOffsetsResultInfo> found) {
        return found.orElseThrow(() -> new RetryableException(
                "Cannot find the offsets of partition '" + name.id()
                        + "': it does not exist (any more); it is tried again",
                Duration.ofSeconds(1)));
    }
}
