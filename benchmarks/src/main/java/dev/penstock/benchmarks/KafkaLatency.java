package dev.penstock.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes rows with the time into one topic, has a pipeline in a process of its own copy them, and reads them. */
final class KafkaLatency {
    private static final int ROWS_A_MILLISECOND = 20;
    private static final int WARM_MILLIS = 15_000;
    private static final Duration START = Duration.ofMinutes(2);
    private static final int MILLIS = 20_000;
    private static final String SENT = "\"sent\":";

    private final String address;
    private final String run = Long.toString(System.currentTimeMillis());
    private final long[] nanos = new long[2 * ROWS_A_MILLISECOND * MILLIS];

    private KafkaLatency(String address) {
        this.address = address;
    }

    /** Arguments: the command of the product, the pipeline, the broker. */
    public static void main(String[] arguments) throws IOException, InterruptedException, ExecutionException {
        KafkaLatency latency = new KafkaLatency(arguments[2]);
        latency.createTopics();
        ProcessBuilder builder = new ProcessBuilder(arguments[0], "run", "--quiet", arguments[1]).inheritIO();
        builder.environment().put("RUN", latency.run);
        Process pipeline = builder.start();
        try {
            latency.measure();
        } finally {
            pipeline.destroy();
            pipeline.waitFor();
        }
    }

    private void createTopics() throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            List<NewTopic> topics = Stream.of("in-", "out-")
                    .map(name -> new NewTopic(name + run, KafkaData.PARTITIONS, (short) 1))
                    .toList();
            admin.createTopics(topics).all().get();
        }
    }

    private void measure() throws InterruptedException {
        Thread writer = new Thread(this::write, "writer");
        writer.setDaemon(true);
        writer.start();
        int count = read();
        Arrays.sort(nanos, 0, count);
        for (double share : new double[] {0.5, 0.9, 0.999}) {
            System.out.printf(Locale.ROOT, "quantile %.3f: %.4f s%n", share, nanos[(int) (share * count)] / 1e9);
        }
        System.out.printf(
                Locale.ROOT, "%d rows%nmeasured units=1 seconds=%.6f%n", count, nanos[(int) (0.99 * count)] / 1e9);
    }

    private void write() {
        Map<String, Object> properties = Map.of("bootstrap.servers", address, "linger.ms", 0);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
            long id = 0;
            for (long due = System.nanoTime(); ; due += 1_000_000) {
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(200_000);
                }
                for (int i = 0; i < ROWS_A_MILLISECOND; i++) {
                    producer.send(new ProducerRecord<>("in-" + run, row(id++)));
                }
            }
        }
    }

    private static byte[] row(long id) {
        return ("{\"id\":" + id + ",\"email\":\"customer" + id % 1_000 + "@example.org\"," + SENT + System.nanoTime()
                        + ",\"note\":\"leave it at the door, or with the neighbours if nobody is in\"}")
                .getBytes(UTF_8);
    }

    /** The rows that were sent between the end of the warm-up and the end. */
    private int read() {
        Map<String, Object> properties = Map.of("bootstrap.servers", address, "isolation.level", "read_committed");
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(IntStream.range(0, KafkaData.PARTITIONS)
                    .mapToObj(partition -> new TopicPartition("out-" + run, partition))
                    .toList());
            consumer.poll(START); // until the pipeline has started
            long from = System.nanoTime() + WARM_MILLIS * 1_000_000L;
            long to = from + MILLIS * 1_000_000L;
            int count = 0;
            while (System.nanoTime() < to && count < nanos.length) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(10))) {
                    long sent = sent(record.value());
                    if (sent >= from && count < nanos.length) {
                        nanos[count++] = System.nanoTime() - sent;
                    }
                }
            }
            if (count == 0) {
                throw new IllegalStateException("no row came out");
            }
            return count;
        }
    }

    private static long sent(byte[] value) {
        String text = new String(value, UTF_8);
        int from = text.indexOf(SENT) + SENT.length();
        return Long.parseLong(text.substring(from, text.indexOf(',', from)));
    }
}
