package dev.penstock.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.connector.kafka.SinkSettings.Delivery;
import dev.penstock.spi.ConnectorContext;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Routing;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.Schema;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;

/** Writes records to topics. */
final class KafkaSink implements Sink {
    private final SinkSettings settings;
    private volatile @Nullable Opened opened;
    private volatile boolean closed;
    private volatile WriteMode mode = WriteMode.append();

    KafkaSink(SinkSettings settings) {
        this.settings = settings;
    }

    /** What there is while the sink is open. */
    private record Opened(Clients clients, Cluster cluster, Path spools, String sinkId, long generation) {
        Spool spool(String sink) {
            return new Spool(spools.resolve(fileName(sink)), generation);
        }
    }

    @Override
    public void open(ConnectorContext context) {
        if (closed || opened != null) {
            throw new IllegalStateException("Cannot open a sink that was opened before");
        }
        String sinkId = context.pipeline() + "/" + context.stepId();
        Clients clients = new Clients(
                settings.connection(), context.baseDirectory(), context.pipeline() + "-" + context.stepId());
        Cluster cluster = new Cluster(clients, IsolationLevel.READ_COMMITTED);
        opened = new Opened(
                clients,
                cluster,
                context.baseDirectory()
                        .resolve(settings.spool())
                        .toAbsolutePath()
                        .normalize(),
                sinkId,
                context.generation());
        cluster.ping(cluster.patience());
    }

    /** What is wrong outside; changes nothing. */
    List<Problem> check(ConnectorContext context, Duration maxWait) {
        Clients clients = new Clients(
                settings.connection(), context.baseDirectory(), context.pipeline() + "-" + context.stepId());
        try (Cluster cluster = new Cluster(clients, IsolationLevel.READ_COMMITTED)) {
            cluster.ping(maxWait);
            List<String> names = settings.columns().topic().stream().toList();
            List<TopicDescription> found =
                    cluster.describe(new SourceSettings.Topics(names, Optional.empty()), maxWait);
            cluster.requireAllowed(found, AclOperation.WRITE);
            return found.size() == names.size() || settings.createTopic()
                    ? List.of()
                    : List.of(Problem.error(
                            SinkSettings.TOPIC.name(),
                            Problem.Code.NOT_FOUND,
                            "topic '" + names.get(0) + "' does not exist at " + clients.shown(),
                            "create it, correct 'topic', or set create-topic: true"));
        }
    }

    private Opened opened() {
        Opened now = opened;
        if (now == null) {
            throw new IllegalStateException("Cannot use a sink that is not open");
        }
        return now;
    }

    private boolean isExactlyOnce() {
        return settings.delivery() == Delivery.EXACTLY_ONCE;
    }

    /** Makes the topic, unless it is not to be made, and what commits need. */
    @Override
    public void provision() {
        Opened now = opened();
        settings.columns()
                .topic()
                .filter(name -> settings.createTopic())
                .ifPresent(name -> now.cluster.create(name, Optional.empty(), Map.of(), now.cluster.patience()));
        if (isExactlyOnce()) {
            now.spool(now.sinkId()).create();
            now.cluster.create(
                    commitTopic(now.sinkId()),
                    Optional.of(1),
                    Map.of("cleanup.policy", "compact", "segment.ms", "3600000", "min.cleanable.dirty.ratio", "0.1"),
                    now.cluster.patience());
        }
    }

    /** Removes what commits need; topics with rows stay. */
    @Override
    public void deprovision() {
        Opened now = opened();
        now.spool(now.sinkId()).deleteAll();
        now.cluster.delete(commitTopic(now.sinkId()), now.cluster.patience());
    }

    private String commitTopic(String sinkId) {
        return settings.commitTopic().orElseGet(() -> "penstock." + fileName(sinkId));
    }

    /** An id as a name for files and topics; what cannot be in one becomes part of a checksum. */
    private static String fileName(String sinkId) {
        String plain = sinkId.replace('/', '.').replaceAll("[^A-Za-z0-9._-]", "_");
        boolean isSame = plain.replace('.', '/').equals(sinkId.replace('.', '/')) && plain.length() <= 200;
        return isSame && sinkId.indexOf('.') < 0
                ? plain
                : plain.substring(0, Math.min(200, plain.length())) + "-" + Integer.toHexString(sinkId.hashCode());
    }

    @Override
    public SinkPlan plan(Schema input, WriteMode newMode) {
        mode = newMode;
        return new SchemaCheck(input, settings.columns(), newMode).plan();
    }

    @Override
    public Routing routing() {
        List<String> key = KeyColumns.of(settings.columns(), mode).names();
        return key.isEmpty() ? Routing.any() : new Routing.ByKey(key);
    }

    @Override
    public SinkWriter writer(WriterSlot slot, List<ResumeState> restored) {
        Opened now = opened();
        RowAdmission admission = new RowAdmission(settings.columns(), mode, new TopicLimits(now.cluster));
        if (!isExactlyOnce()) {
            return new DirectWriter(now.clients.producer(settings, Optional.empty()), admission);
        }
        Spool spool = now.spool(slot.sinkId());
        spool.create();
        spool.checkOwner();
        spool.deleteStrays(slot);
        return new SpoolWriter(spool, slot, admission);
    }

    @Override
    public SinkCommitter committer(String sinkId, String runId) {
        Opened now = opened();
        CommitTopic topic = new CommitTopic(commitTopic(sinkId), sinkId.getBytes(UTF_8), now.clients);
        Transactions transactions =
                new Transactions(() -> now.clients.producer(settings, Optional.of("penstock/" + sinkId)));
        return new KafkaCommitter(now.spool(sinkId), topic, transactions, now.generation());
    }

    @Override
    public void close() {
        Opened now = opened;
        opened = null;
        closed = true;
        if (now != null) {
            now.cluster.close();
        }
    }
}
