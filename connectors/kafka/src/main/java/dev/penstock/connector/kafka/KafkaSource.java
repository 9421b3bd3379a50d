package dev.penstock.connector.kafka;

import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.Discovery;
import dev.penstock.spi.Partition;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;

/** Reads topics; each partition of a topic is a partition. */
final class KafkaSource implements Source {
    /** In milliseconds, for a few partitions and for a thousand; the latter is what Kafka itself waits. */
    private static final int SHORTEST_FETCH = 100;

    private static final int LONGEST_FETCH = 500;

    private final SourceSettings settings;
    private final Schema schema;
    private volatile @Nullable Opened opened;
    private volatile boolean closed;

    KafkaSource(SourceSettings settings) {
        this.settings = settings;
        this.schema = RecordRows.schema(settings);
    }

    /** What there is while the source is open. */
    private static final class Opened {
        private final Cluster cluster;
        private final Fetchers fetchers;
        private final StartPositions starts;
        private final Set<String> first = new HashSet<>();
        private final Set<KafkaPartition> readers = new HashSet<>();
        private Map<String, Uuid> topics = Map.of();
        private int partitions;
        private boolean knowsFirst;
        private boolean discovered;

        Opened(Cluster cluster, Fetchers fetchers, StartPositions starts) {
            this.cluster = cluster;
            this.fetchers = fetchers;
            this.starts = starts;
        }

        /** Takes note of what is there; what was there the first time is not new later. */
        synchronized void saw(List<PartitionName> names) {
            discovered = true;
            partitions = names.size();
            if (topics.isEmpty()) {
                starts.expect(names.stream().map(PartitionName::partition).toList());
            }
            if (!knowsFirst) {
                knows(names.stream().map(PartitionName::id).toList());
            }
            Map<String, Uuid> found = new HashMap<>();
            names.forEach(name -> found.put(name.partition().topic(), name.topicId()));
            topics = found;
            readers.removeIf(KafkaPartition::isClosed);
            readers.forEach(reader -> reader.listed(id(reader.name())));
        }

        synchronized int partitions() {
            return partitions;
        }

        /** The topic as it is now; what was never looked for is as it was listed. */
        synchronized PartitionName current(PartitionName name) {
            return discovered ? new PartitionName(name.partition(), id(name)) : name;
        }

        private Uuid id(PartitionName name) {
            return topics.getOrDefault(name.partition().topic(), Uuid.ZERO_UUID);
        }

        synchronized KafkaPartition opened(KafkaPartition reader) {
            readers.add(reader);
            return reader;
        }

        /** These partitions were there at the first start. */
        synchronized void knows(Collection<String> ids) {
            knowsFirst = true;
            first.addAll(ids);
        }

        synchronized boolean isNew(PartitionName name) {
            return knowsFirst && !first.contains(name.id());
        }
    }

    @Override
    public void open(ConnectorContext context) {
        if (closed || opened != null) {
            throw new IllegalStateException("Cannot open a source that was opened before");
        }
        Clients clients = clients(context);
        Cluster cluster = cluster(clients);
        Fetchers fetchers = new Fetchers(settings, context.stepId(), number -> clients.consumer(settings, fetchWait()));
        opened = new Opened(cluster, fetchers, new StartPositions(cluster, settings.start(), settings.follow()));
        context.metrics().gauge("kafka.prefetched.bytes", fetchers::bytes);
        requireTopics(cluster, cluster.describe(settings.topics(), cluster.patience()));
    }

    /** Each fetch that finds nothing costs something for each partition, so that many of them are asked less often. */
    private Duration fetchWait() {
        return Duration.ofMillis(Math.max(SHORTEST_FETCH, Math.min(LONGEST_FETCH, opened().partitions() / 2)));
    }

    private Clients clients(ConnectorContext context) {
        return new Clients(settings.connection(), context.baseDirectory(), context.pipeline() + "-" + context.stepId());
    }

    private Cluster cluster(Clients clients) {
        return new Cluster(
                clients,
                settings.read() == SourceSettings.Read.COMMITTED
                        ? IsolationLevel.READ_COMMITTED
                        : IsolationLevel.READ_UNCOMMITTED);
    }

    /** What is wrong outside; changes nothing. */
    List<Problem> check(ConnectorContext context, Duration maxWait) {
        try (Cluster cluster = cluster(clients(context))) {
            List<TopicDescription> found = cluster.describe(settings.topics(), maxWait);
            requireTopics(cluster, found);
            cluster.requireAllowed(found, AclOperation.READ);
            return found.isEmpty()
                    ? List.of(Problem.warning(
                            SourceSettings.TOPIC_PATTERN.name(),
                            Problem.Code.NOT_FOUND,
                            "no topic is there, or may be seen, that the pattern matches",
                            "see that the pattern says what you mean"))
                    : List.of();
        }
    }

    private void requireTopics(Cluster cluster, List<TopicDescription> found) {
        Set<String> there = new HashSet<>();
        found.forEach(topic -> there.add(topic.name()));
        settings.topics().names().stream()
                .filter(name -> !there.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw cluster.missing(name);
                });
    }

    private Opened opened() {
        Opened now = opened;
        if (now == null) {
            throw new IllegalStateException("Cannot use a source that is not open");
        }
        return now;
    }

    @Override
    public Schema schema() {
        opened();
        return schema;
    }

    @Override
    public void restored(Map<String, ResumeState> known) {
        opened().knows(known.keySet());
    }

    @Override
    public Discovery discover(Duration maxWait) {
        Opened now = opened();
        List<PartitionName> names = new ArrayList<>();
        for (TopicDescription topic : now.cluster.describe(settings.topics(), maxWait)) {
            topic.partitions()
                    .forEach(info -> names.add(
                            new PartitionName(new TopicPartition(topic.name(), info.partition()), topic.topicId())));
        }
        now.saw(names);
        boolean bounded = !settings.follow();
        return new Discovery(
                names.stream().map(name -> name.toPartition(bounded)).toList(), bounded);
    }

    @Override
    public SourcePartition partition(Partition partition, Optional<ResumeState> resumeFrom) {
        Opened now = opened();
        PartitionName name = now.current(PartitionName.of(partition));
        LostPositions lost = new LostPositions(now.cluster, settings.whenLost());
        StartPositions starts = now.starts;
        Position from = resumeFrom
                .map(state -> resumed(name, Position.decode(name.id(), state), starts, lost))
                .orElseGet(() -> starts.first(name, now.isNew(name)));
        return now.opened(new KafkaPartition(name, from, settings, new KafkaPartition.Parts(now.fetchers, lost)));
    }

    private static Position resumed(PartitionName name, Position position, StartPositions starts, LostPositions lost) {
        Position there =
                name.topicId().equals(position.topicId()) ? position : lost.insteadOfOtherTopic(name, position);
        return starts.resumed(there, name);
    }

    @Override
    public Map<String, String> describe(ResumeState state) {
        Position position = Position.decode("", state);
        Map<String, String> described = new LinkedHashMap<>();
        described.put("offset", String.valueOf(position.offset()));
        described.put("leader-epoch", String.valueOf(position.leaderEpoch()));
        described.put("topic-id", position.topicId().toString());
        if (position.isBounded()) {
            described.put("stop", String.valueOf(position.stop()));
        }
        return described;
    }

    @Override
    public void close() {
        Opened now = opened;
        opened = null;
        closed = true;
        if (now != null) {
            try (now.cluster;
                    now.fetchers) {
                now.first.clear();
            }
        }
    }
}
