package dev.penstock.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Polls the partitions of a topic from their start to their end, and adds up the sizes of values. */
final class KafkaRawConsumer {
    private KafkaRawConsumer() {}

    /** Arguments: the broker, the topic, its rows. */
    public static void main(String[] arguments) {
        read(arguments[0], arguments[1] + KafkaData.WARM, Long.MAX_VALUE);
        Measured measured = Measured.start();
        long rows = Long.parseLong(arguments[2]);
        long bytes = read(arguments[0], arguments[1], rows);
        measured.print(rows);
        System.out.println(bytes + " bytes");
    }

    private static long read(String address, String topic, long most) {
        Map<String, Object> properties =
                Map.of("bootstrap.servers", address, "isolation.level", "read_committed", "enable.auto.commit", false);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = new ArrayList<>();
            for (int i = 0; i < KafkaData.PARTITIONS; i++) {
                partitions.add(new TopicPartition(topic, i));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long left = Math.min(
                    most,
                    consumer.endOffsets(partitions).values().stream()
                            .mapToLong(Long::longValue)
                            .sum());
            long bytes = 0;
            while (left > 0) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    bytes += record.value().length;
                    left--;
                }
            }
            return bytes;
        }
    }
}
