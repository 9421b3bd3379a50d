package dev.penstock.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.local.LocalKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A broker in a process of its own, and topics of orders as JSON. */
final class KafkaData {
    static final int PARTITIONS = 4;
    static final String WARM = "-warm";
    private static final int WARM_SHARE = 4;
    private static final int SHORTEST = 150;
    private static final int LONGEST = 1_000;
    private static final String[] CITIES = {"Zürich", "Nairobi", "São Paulo", "Oslo", "Quito", "Perth", "Kraków"};
    private static final String FILLER = "leave it at the door, or with the neighbours if nobody is in; ".repeat(20);

    private static @Nullable LocalKafka broker;

    private KafkaData() {}

    /** The broker of this run, which ends with this process. */
    static synchronized LocalKafka broker() {
        LocalKafka started = broker;
        if (started == null) {
            // What contenders write is soon forgotten again: it is several times as much as the disk may have.
            started = LocalKafka.start(Map.of(
                    "log.retention.bytes", String.valueOf(256L << 20),
                    "log.segment.bytes", String.valueOf(64 << 20),
                    "log.retention.check.interval.ms", "5000",
                    "num.partitions", String.valueOf(PARTITIONS)));
            broker = started;
        }
        return started;
    }

    /** A topic of {@code rows} orders, and beside it a smaller one to warm up with; made once in a run. */
    static String orders(long rows) throws InterruptedException {
        String topic = "orders-" + rows;
        if (create(topic)) {
            create(topic + WARM);
            fill(topic, rows, PARTITIONS);
            fill(topic + WARM, Math.max(1, rows / WARM_SHARE), PARTITIONS);
        }
        return topic;
    }

    /** A topic to write to, which keeps little. */
    static void createForgetful(String topic) throws InterruptedException {
        create(topic, PARTITIONS, Map.of());
    }

    private static boolean create(String topic) throws InterruptedException {
        return create(topic, PARTITIONS);
    }

    /** Creates a topic that keeps everything; false if there is one. */
    static boolean create(String topic, int partitions) throws InterruptedException {
        return create(topic, partitions, Map.of("retention.bytes", "-1"));
    }

    private static boolean create(String topic, int partitions, Map<String, String> settings)
            throws InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker().bootstrapServers()))) {
            if (admin.listTopics().names().get().contains(topic)) {
                return false;
            }
            NewTopic wanted = new NewTopic(topic, partitions, (short) 1).configs(settings);
            admin.createTopics(Set.of(wanted)).all().get();
            return true;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Cannot create topic '" + topic + "': " + e.getMessage(), e);
        }
    }

    /** A topic of {@code partitions}, of which the first ten have rows. */
    static String spread(int partitions, long rows) throws InterruptedException {
        String topic = "orders-" + rows + "-in-" + partitions;
        if (create(topic, partitions)) {
            fill(topic, rows, KafkaIdle.BUSY);
        }
        return topic;
    }

    private static void fill(String topic, long rows, int partitions) {
        Random random = new Random(20261121);
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (KafkaProducer<byte[], byte[]> producer = producer(broker().bootstrapServers())) {
            for (long id = 0; id < rows; id++) {
                ProducerRecord<byte[], byte[]> order =
                        new ProducerRecord<>(topic, (int) (id % partitions), null, order(id, random));
                Future<?> unused = producer.send(order, (place, cause) -> failure.compareAndSet(null, cause));
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException("Cannot fill topic '" + topic + "'", failure.get());
        }
    }

    /** The raw producer that everybody compares with: idempotent, in batches as large as ours. */
    static KafkaProducer<byte[], byte[]> producer(String address) {
        return new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        address,
                        "batch.size",
                        1 << 18,
                        "linger.ms",
                        5,
                        "buffer.memory",
                        64L << 20,
                        // a broker that has just been given 1,000 partitions takes its time
                        "delivery.timeout.ms",
                        600_000),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** An order of 150 B to 1 KB. */
    static byte[] order(long id, Random random) {
        String order = String.format(
                Locale.ROOT,
                "{\"id\":%d,\"email\":\"customer%d@example.org\",\"name\":\"Customer %d\",\"city\":\"%s\",\"amount\":%.2f,"
                        + "\"quantity\":%d,\"paid\":%b,\"note\":\"",
                id,
                random.nextInt(1_000_000),
                random.nextInt(1_000_000),
                CITIES[random.nextInt(CITIES.length)],
                random.nextDouble() * 1000,
                random.nextInt(20),
                random.nextBoolean());
        int filler = Math.max(0, SHORTEST + random.nextInt(LONGEST - SHORTEST) - order.length());
        return (order + FILLER.substring(0, filler) + "\"}").getBytes(UTF_8);
    }

    /** The options of a JVM of the product, as its distribution starts it. */
    static List<String> ours() {
        Path options = Path.of("cli/src/main/distribution/jvm.options").toAbsolutePath();
        return List.of("@" + options, "-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
    }

    /**
     * A JVM with a MiniCluster, with as much heap as ours may take, and the Kafka client that Flink's connector was
     * made for: it calls what is inside of it, and fails with ours.
     */
    static Contender flink(long units, Object... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC", "-Xmx1g"));
        command.addAll(List.of(
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error"));
        Path ours = Path.of(System.getProperty("class-path.arguments"));
        Path client = ours.resolveSibling("flink-kafka/kafka-clients.jar");
        Path theirs = ours.resolveSibling("flink-kafka.arguments");
        Files.writeString(theirs, Files.readString(ours).replace("-cp \"", "-cp \"" + client + ":"));
        command.addAll(List.of("@" + theirs, KafkaFlink.class.getName()));
        List.of(arguments).forEach(argument -> command.add(argument.toString()));
        return new Contender("flink", command, units);
    }
}
