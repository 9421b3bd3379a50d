package dev.penstock.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.local.LocalKafka;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A broker as tests use it, without the connector. */
final class TestCluster implements AutoCloseable {
    private static final AtomicInteger TOPICS = new AtomicInteger();

    private final LocalKafka kafka;
    private final Admin admin;
    private final KafkaProducer<byte[], byte[]> producer;

    TestCluster(LocalKafka kafka) {
        this.kafka = kafka;
        this.admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()));
        this.producer = producer(Map.of());
    }

    KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(more);
        properties.put("bootstrap.servers", kafka.bootstrapServers());
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    LocalKafka kafka() {
        return kafka;
    }

    Admin admin() {
        return admin;
    }

    /** A topic that no other test has. */
    String topic(int partitions) {
        return topic(partitions, Map.of());
    }

    String topic(int partitions, Map<String, String> properties) {
        String name = "topic-" + TOPICS.incrementAndGet();
        create(name, partitions, properties);
        return name;
    }

    void create(String name, int partitions, Map<String, String> properties) {
        await(admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1).configs(properties)))
                .all());
    }

    void delete(String name) {
        await(admin.deleteTopics(List.of(name)).all());
    }

    void addPartitions(String topic, int total) {
        await(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(total)))
                .all());
    }

    void deleteBefore(String topic, int partition, long offset) {
        await(admin.deleteRecords(Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)))
                .all());
    }

    /** Writes texts, acknowledged when this returns. */
    void send(String topic, int partition, String... values) {
        List<Future<?>> sent = new ArrayList<>();
        for (String value : values) {
            sent.add(producer.send(new ProducerRecord<>(topic, partition, null, value.getBytes(UTF_8))));
        }
        sent.forEach(TestCluster::await);
    }

    void send(ProducerRecord<byte[], byte[]> record) {
        await(producer.send(record));
    }

    /**
     * Waits until no transaction is open in the one partition of a topic: a broker says that a transaction is committed
     * before that is written to the partitions, and long before where it has only just started.
     */
    void awaitNoneOpen(String topic) {
        TopicPartition only = new TopicPartition(topic, 0);
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (end(only, IsolationLevel.READ_COMMITTED) < end(only, IsolationLevel.READ_UNCOMMITTED)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("A transaction stays open in " + only);
            }
        }
    }

    private long end(TopicPartition partition, IsolationLevel isolation) {
        return await(admin.listOffsets(Map.of(partition, OffsetSpec.latest()), new ListOffsetsOptions(isolation))
                        .partitionResult(partition))
                .offset();
    }

    /** What a committed reader finds in a topic now, in the order of its partitions. */
    List<ConsumerRecord<byte[], byte[]>> committed(String topic) {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", kafka.bootstrapServers(), "isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
        }
        found.sort((left, right) -> left.partition() != right.partition()
                ? Integer.compare(left.partition(), right.partition())
                : Long.compare(left.offset(), right.offset()));
        return found;
    }

    List<@Nullable String> committedValues(String topic) {
        return new ArrayList<>(committed(topic).stream()
                .map(each -> each.value() == null ? "(null)" : new String(each.value(), UTF_8))
                .toList());
    }

    static <T> T await(Future<T> future) {
        try {
            return future.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    static <T> T await(KafkaFuture<T> future) {
        return await(future.toCompletionStage().toCompletableFuture());
    }

    @Override
    public void close() {
        try (kafka) {
            producer.close(Duration.ofSeconds(2));
            admin.close(Duration.ofSeconds(2));
        }
    }
}
