package dev.penstock.connector.kafka;

import static java.util.Objects.requireNonNull;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.RetryableException;
import dev.penstock.spi.config.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DeleteTopicsOptions;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TopicListing;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** What can be asked of a cluster. Safe for use by several threads. */
final class Cluster implements AutoCloseable {
    /** What an engine waits for a close is 2 s, and there are the consumers too. */
    private static final Duration GRACE = Duration.ofMillis(400);

    private static final Duration SHORT = Duration.ofSeconds(1);
    private static final long LOOK_NANOS = 20_000_000;

    private final Admin admin;
    private final String shown;
    private final Duration patience;
    private final IsolationLevel isolation;

    /** Whether it has answered once. */
    private volatile boolean believed;

    private volatile CompletableFuture<Object> woken = new CompletableFuture<>();

    Cluster(Clients clients, IsolationLevel isolation) {
        this.admin = clients.admin();
        this.shown = clients.shown();
        this.patience = clients.patience();
        this.isolation = isolation;
    }

    private Cluster(Cluster same) {
        this.admin = same.admin;
        this.shown = same.shown;
        this.patience = same.patience;
        this.isolation = same.isolation;
    }

    /** The same cluster for somebody whose waits {@link #wakeup} ends, and nobody else's. */
    Cluster alone() {
        return new Cluster(this);
    }

    /** Ends what is waited for, or the next wait if there is none now, with a {@link RetryableException}. */
    void wakeup() {
        woken.complete(shown);
    }

    /** How long a question may take that somebody waits for. */
    Duration patience() {
        return patience;
    }

    /** The topics that are there of those that are asked for. */
    List<TopicDescription> describe(SourceSettings.Topics wanted, Duration maxWait) {
        Collection<String> names = wanted.pattern().isPresent() ? matching(wanted, maxWait) : wanted.names();
        Map<String, KafkaFuture<TopicDescription>> asked = admin.describeTopics(
                        names,
                        new DescribeTopicsOptions().timeoutMs(millis(maxWait)).includeAuthorizedOperations(true))
                .topicNameValues();
        List<TopicDescription> found = new ArrayList<>();
        asked.forEach((name, future) ->
                await(future, maxWait, "describe topic '" + name + "'").ifPresent(found::add));
        return found;
    }

    /** Throws if the pipeline may not do {@code operation} on one of {@code topics}, as far as the cluster says. */
    void requireAllowed(List<TopicDescription> topics, AclOperation operation) {
        for (TopicDescription topic : topics) {
            Set<AclOperation> allowed = topic.authorizedOperations();
            if (allowed != null && !allowed.isEmpty() && !allowed.contains(operation)) {
                throw new ConfigException(
                        "",
                        Problem.Code.PRIVILEGE,
                        "Cannot use topic '" + topic.name() + "': the user may not "
                                + operation.name().toLowerCase(Locale.ROOT) + " it",
                        "give the user of the pipeline access");
            }
        }
    }

    private Collection<String> matching(SourceSettings.Topics wanted, Duration maxWait) {
        Collection<TopicListing> all = await(
                        admin.listTopics(new ListTopicsOptions().timeoutMs(millis(maxWait)))
                                .listings(),
                        maxWait,
                        "list the topics of " + shown)
                .orElseThrow();
        return all.stream()
                .filter(topic -> !topic.isInternal())
                .map(TopicListing::name)
                .filter(name -> wanted.pattern().orElseThrow().matcher(name).matches())
                .toList();
    }

    /** The offset that {@code spec} means in {@code partition}; empty if the partition is not there. */
    Optional<ListOffsetsResultInfo> offset(TopicPartition partition, OffsetSpec spec, Duration maxWait) {
        return Optional.ofNullable(offsets(Map.of(partition, spec), maxWait).get(partition));
    }

    /** Asks what {@code specs} mean; each answer comes by itself. */
    Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> askOffsets(
            Map<TopicPartition, OffsetSpec> specs, Duration maxWait) {
        var asked = admin.listOffsets(specs, new ListOffsetsOptions(isolation).timeoutMs(millis(maxWait)));
        Map<TopicPartition, KafkaFuture<ListOffsetsResultInfo>> answers = new HashMap<>();
        specs.keySet().forEach(partition -> answers.put(partition, asked.partitionResult(partition)));
        return answers;
    }

    /** The answer to a question for the offset of {@code partition}; empty if the partition is not there. */
    Optional<ListOffsetsResultInfo> offset(TopicPartition partition, KafkaFuture<ListOffsetsResultInfo> asked) {
        return await(asked, patience, "find offsets of '" + partition + "'");
    }

    /** The offsets that {@code specs} mean; partitions that are not there are left out. */
    Map<TopicPartition, ListOffsetsResultInfo> offsets(Map<TopicPartition, OffsetSpec> specs, Duration maxWait) {
        var asked = admin.listOffsets(specs, new ListOffsetsOptions(isolation).timeoutMs(millis(maxWait)));
        Map<TopicPartition, ListOffsetsResultInfo> found = new HashMap<>();
        specs.keySet()
                .forEach(partition -> await(
                                asked.partitionResult(partition), maxWait, "find offsets of '" + partition + "'")
                        .ifPresent(info -> found.put(partition, info)));
        return found;
    }

    /**
     * What a topic takes.
     *
     * @param maxBytes of a batch, and so of a record
     */
    record Limits(int partitions, int maxBytes) {}

    /** What {@code topics} take; those that are not there are left out. */
    Map<String, Limits> limits(Collection<String> topics, Duration maxWait) {
        Map<String, Limits> limits = new HashMap<>();
        List<TopicDescription> found =
                describe(new SourceSettings.Topics(List.copyOf(topics), Optional.empty()), maxWait);
        requireAllowed(found, AclOperation.WRITE);
        for (TopicDescription topic : found) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
            await(
                            admin.describeConfigs(
                                            List.of(resource), new DescribeConfigsOptions().timeoutMs(millis(maxWait)))
                                    .values()
                                    .get(resource),
                            maxWait,
                            "describe the configs of topic '" + topic.name() + "', which takes a right of its own")
                    .ifPresent(config -> limits.put(
                            topic.name(),
                            new Limits(
                                    topic.partitions().size(),
                                    Integer.parseInt(
                                            config.get("max.message.bytes").value()))));
        }
        return limits;
    }

    /** Creates a topic, with the number of partitions of the broker if none is given; leaves one that is there. */
    void create(String topic, Optional<Integer> partitions, Map<String, String> properties, Duration maxWait) {
        NewTopic fresh = new NewTopic(topic, partitions, Optional.empty()).configs(properties);
        try {
            await(
                    admin.createTopics(List.of(fresh), new CreateTopicsOptions().timeoutMs(millis(maxWait)))
                            .values()
                            .get(topic),
                    maxWait,
                    "create topic '" + topic + "'");
        } catch (FatalException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
        awaitTopic(topic, maxWait);
    }

    /** A broker may know a topic a moment after another has created it; rows for it must not be refused until then. */
    private void awaitTopic(String topic, Duration maxWait) {
        long deadline = System.nanoTime() + maxWait.toNanos();
        SourceSettings.Topics wanted = new SourceSettings.Topics(List.of(topic), Optional.empty());
        while (describe(wanted, maxWait).isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    /** Deletes a topic, if it is there. */
    void delete(String topic, Duration maxWait) {
        await(
                admin.deleteTopics(List.of(topic), new DeleteTopicsOptions().timeoutMs(millis(maxWait)))
                        .topicNameValues()
                        .get(topic),
                maxWait,
                "delete topic '" + topic + "'");
    }

    /** Sees that the cluster answers. */
    void ping(Duration maxWait) {
        await(
                admin.describeCluster(new DescribeClusterOptions().timeoutMs(millis(maxWait)))
                        .clusterId(),
                maxWait,
                "connect to " + shown);
    }

    /** The answer; empty if what was asked for does not exist. */
    private <T> Optional<T> await(@Nullable KafkaFuture<T> asked, Duration maxWait, String what) {
        try {
            CompletableFuture<T> answer =
                    requireNonNull(asked, what).toCompletionStage().toCompletableFuture();
            CompletableFuture<Object> wakeup = woken;
            CompletableFuture.anyOf(answer, wakeup).get(longest(maxWait), TimeUnit.MILLISECONDS);
            if (!answer.isDone()) {
                woken = new CompletableFuture<>();
                throw new RetryableException(
                        "Cannot " + what + ": the wait was ended before there was an answer; it is tried again",
                        Duration.ZERO);
            }
            Optional<T> given = Optional.ofNullable(answer.get());
            believed = true;
            return given;
        } catch (ExecutionException e) {
            if (KafkaFailure.unwrapped(e) instanceof UnknownTopicOrPartitionException) {
                return Optional.empty();
            }
            throw believed ? KafkaFailure.ofBelieved(what, e) : KafkaFailure.of(what, e);
        } catch (TimeoutException e) {
            throw KafkaFailure.of(
                    what,
                    new org.apache.kafka.common.errors.TimeoutException(
                            shown + " did not answer within " + maxWait.toMillis() + " ms", e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KafkaFailure.of(what, new org.apache.kafka.common.errors.InterruptException(e));
        }
    }

    /** The client knows best why there is no answer, and says so when its time is over. */
    private static long longest(Duration maxWait) {
        return maxWait.compareTo(SHORT) < 0
                ? maxWait.toMillis()
                : maxWait.plus(SHORT).toMillis();
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(Math.max(1, Math.min(Integer.MAX_VALUE, duration.toMillis())));
    }

    /** That a topic that the pipeline names is not there. */
    ConfigException missing(String topic) {
        return new ConfigException(
                SourceSettings.TOPICS.name(),
                Problem.Code.NOT_FOUND,
                "Cannot find topic '" + topic + "' at " + shown + ": it does not exist",
                "create it, or correct 'topics'");
    }

    @Override
    public void close() {
        admin.close(GRACE);
    }
}
