package dev.penstock.format.interop;

import static java.util.Objects.requireNonNull;

import dev.penstock.local.LocalKafka;
import dev.penstock.local.LocalRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One broker and one registry that all tests share. */
final class Servers implements AutoCloseable {
    private static final AtomicInteger TOPICS = new AtomicInteger();

    private final LocalKafka kafka = LocalKafka.start();
    private final LocalRegistry registry = LocalRegistry.start();
    private final KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
            Map.of("bootstrap.servers", kafka.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer());

    /** Hands the servers to tests. */
    static final class Shared implements ParameterResolver {
        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == Servers.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return context.getRoot()
                    .getStore(ExtensionContext.Namespace.GLOBAL)
                    .computeIfAbsent(Servers.class, type -> new Servers(), Servers.class);
        }
    }

    LocalKafka kafka() {
        return kafka;
    }

    LocalRegistry registry() {
        return registry;
    }

    /** What a pipeline file says of the broker. */
    String broker() {
        return "bootstrap-servers: '" + kafka.bootstrapServers() + "'";
    }

    /** A topic that no other test has. */
    String topic() throws ExecutionException, InterruptedException {
        String name = "topic-" + TOPICS.incrementAndGet();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(name, 1, (short) 1))).all().get();
        }
        return name;
    }

    void send(String topic, byte @Nullable [] value) throws ExecutionException, InterruptedException {
        send(topic, new byte[] {1}, value);
    }

    void send(String topic, byte @Nullable [] key, byte @Nullable [] value)
            throws ExecutionException, InterruptedException {
        Future<?> sent = producer.send(new ProducerRecord<>(topic, key, value));
        sent.get();
    }

    /** The values of all records of a topic. */
    List<byte @Nullable []> values(String topic) {
        List<byte @Nullable []> values = new ArrayList<>();
        records(topic).forEach(record -> values.add(record.value()));
        return values;
    }

    /** All records of a topic that are committed. */
    List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        Map<String, Object> properties = new HashMap<>();
        properties.put("bootstrap.servers", kafka.bootstrapServers());
        properties.put("isolation.level", "read_committed");
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(topic, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = requireNonNull(consumer.endOffsets(List.of(partition)).get(partition));
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
            }
        }
        return found;
    }

    @Override
    public void close() {
        producer.close();
        registry.close();
        kafka.close();
    }
}
