package dev.penstock.connector.kafka;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** Makes clients of Kafka for one step of a pipeline. */
final class Clients {
    /** Topics may take more than clients send unless they are told to. */
    private static final int MAX_REQUEST = 32 << 20;

    /** As many as a batch of the engine takes. */
    private static final int FETCHED_RECORDS = 4096;
    /**
     * A power of two, as the batches of producers mostly have: what a broker gives beyond the last whole one is thrown
     * away and fetched again. One fetch of a partition makes one chunk.
     */
    private static final int FETCHED_BYTES = RecordRows.CHUNK_BYTES / 2;

    /**
     * The operating system sizes the buffers of sockets as it sees fit. Those that the clients ask for, 64 and 128 KiB,
     * make many small reads and writes, each of which wakes a thread, of large responses and requests.
     */
    private static final String AS_THE_SYSTEM_DOES = "-1";

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final AtomicLong MADE = new AtomicLong();

    private final ConnectionSettings connection;
    private final Path baseDirectory;
    private final String name;

    /**
     * Clients for one step.
     *
     * @param name how brokers are to know them
     */
    Clients(ConnectionSettings connection, Path baseDirectory, String name) {
        this.connection = connection;
        this.baseDirectory = baseDirectory;
        this.name = name;
    }

    /** How long a question to the cluster may take before it counts as one that failed. */
    Duration patience() {
        String given = connection.client().getOrDefault(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "");
        return given.matches("[1-9]\\d{0,8}") ? Duration.ofMillis(Long.parseLong(given)) : PATIENCE;
    }

    /** The cluster for people. */
    String shown() {
        return "kafka cluster " + String.join(",", connection.bootstrapServers());
    }

    Admin admin() {
        Map<String, Object> properties = properties(AdminClientConfig.configNames());
        return made("connect to " + shown(), () -> Admin.create(properties));
    }

    /**
     * A consumer that fetches.
     *
     * @param fetchWait how long the broker may wait for more if there is nothing
     */
    Consumer<ByteBuffer, ByteBuffer> consumer(SourceSettings settings, Duration fetchWait) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, String.valueOf(FETCHED_RECORDS));
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, String.valueOf(FETCHED_BYTES));
        // A partition that is added or resumed waits for the fetch under way, which waits this long for others.
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, String.valueOf(fetchWait.toMillis()));
        properties.put(
                ConsumerConfig.FETCH_MAX_BYTES_CONFIG,
                String.valueOf(settings.fetching().prefetchBytes() / 2));
        properties.put(ConsumerConfig.RECEIVE_BUFFER_CONFIG, AS_THE_SYSTEM_DOES);
        properties.putAll(properties(ConsumerConfig.configNames()));
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, "classic");
        properties.put(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                settings.read() == SourceSettings.Read.COMMITTED ? "read_committed" : "read_uncommitted");
        settings.group().ifPresent(group -> properties.put(ConsumerConfig.GROUP_ID_CONFIG, group));
        return made(
                "connect to " + shown(), () -> new KafkaConsumer<>(properties, RawBytes.INSTANCE, RawBytes.INSTANCE));
    }

    /** A consumer for the few committed records that the connector itself has written. */
    Consumer<ByteBuffer, ByteBuffer> markConsumer() {
        Map<String, Object> properties = properties(ConsumerConfig.configNames());
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "100");
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return made(
                "connect to " + shown(), () -> new KafkaConsumer<>(properties, RawBytes.INSTANCE, RawBytes.INSTANCE));
    }

    /** A producer that is idempotent and, if {@code transactionalId} is given, transactional. */
    Producer<byte[], byte @Nullable []> producer(SinkSettings settings, Optional<String> transactionalId) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ProducerConfig.LINGER_MS_CONFIG, "5");
        properties.put(ProducerConfig.BATCH_SIZE_CONFIG, "262144");
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, String.valueOf(MAX_REQUEST));
        properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, String.valueOf(2 * MAX_REQUEST));
        properties.put(ProducerConfig.SEND_BUFFER_CONFIG, AS_THE_SYSTEM_DOES);
        properties.putAll(properties(ProducerConfig.configNames()));
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, "true");
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        properties.put(
                ProducerConfig.COMPRESSION_TYPE_CONFIG, settings.compression().kafkaName());
        transactionalId.ifPresent(id -> {
            properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
            properties.put(
                    ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                    String.valueOf(settings.transactionTimeout().toMillis()));
        });
        return made(
                "connect to " + shown(),
                () -> new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer()));
    }

    private Map<String, Object> properties(Set<String> known) {
        Map<String, Object> properties = ClientProperties.of(connection, baseDirectory, known);
        properties.put("client.id", name + "-" + MADE.incrementAndGet());
        return properties;
    }

    /** Clients look for their classes with the loader of the thread, which need not be the one that has them. */
    private static <T> T made(String what, Supplier<T> maker) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(KafkaConsumer.class.getClassLoader());
        try {
            return maker.get();
        } catch (KafkaException e) {
            throw KafkaFailure.of(what, e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
