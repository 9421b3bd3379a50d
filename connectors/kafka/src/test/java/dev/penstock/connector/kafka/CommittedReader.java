package dev.penstock.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * A consumer of committed records that writes down all it gets while others do as they like. Values are
 * {@code <partition>:<number>}, with numbers from 0 on.
 */
final class CommittedReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Map<Integer, List<String>> seen = new TreeMap<>();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean closed;

    CommittedReader(String bootstrapServers, String topic, int partitions) {
        List<TopicPartition> all = IntStream.range(0, partitions)
                .mapToObj(partition -> new TopicPartition(topic, partition))
                .toList();
        Map<String, Object> properties = Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "auto.offset.reset", "none");
        this.thread = new Thread(() -> run(properties, all), "committed-reader");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Map<String, Object> properties, List<TopicPartition> partitions) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(partitions);
            partitions.forEach(partition -> consumer.seek(partition, 0));
            while (!closed) {
                consumer.poll(POLL).forEach(record -> add(record.partition(), new String(record.value(), UTF_8)));
            }
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    private synchronized void add(int partition, String value) {
        seen.computeIfAbsent(partition, none -> new ArrayList<>()).add(value);
        notifyAll();
    }

    synchronized int count() {
        return seen.values().stream().mapToInt(List::size).sum();
    }

    /** Waits until there are {@code enough} records, or more. */
    synchronized void await(int enough, Duration longest) throws InterruptedException {
        long deadline = System.nanoTime() + longest.toNanos();
        while (count() < enough) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            RuntimeException cause = failure.get();
            if (left <= 0 || cause != null) {
                throw new AssertionError("only " + count() + " of " + enough + " records came", cause);
            }
            wait(Math.min(left, 1000));
        }
    }

    /** Requires the numbers below {@code each} in every partition, each once and in order, and nothing else. */
    synchronized void requireEachOnceInOrder(int partitions, int each) {
        for (int partition = 0; partition < partitions; partition++) {
            assertThat(seen.getOrDefault(partition, List.of()))
                    .as("partition %d", partition)
                    .containsExactly(numbers(partition, 0, each));
        }
    }

    /** The values with numbers from {@code from} to {@code to - 1}. */
    static String[] numbers(int partition, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(number -> partition + ":" + number)
                .toArray(String[]::new);
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
