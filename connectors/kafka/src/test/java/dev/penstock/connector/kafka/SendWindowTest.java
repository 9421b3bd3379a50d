package dev.penstock.connector.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(120)
@ExtendWith(RealBroker.class)
class SendWindowTest {
    private static final int RECORD = 1 << 20;
    private static final int RECORDS = 20;
    private static final int UNDER_WAY = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A producer that keeps everything to itself until it is flushed. */
    private static KafkaProducer<byte[], byte[]> hoarder(TestCluster cluster) {
        return cluster.producer(Map.of(
                "linger.ms", 600_000,
                "delivery.timeout.ms", 700_000,
                "batch.size", 2 * UNDER_WAY * RECORD,
                "max.request.size", 4 * UNDER_WAY * RECORD,
                "buffer.memory", 8L * UNDER_WAY * RECORD));
    }

    @Test
    void waitsWhileMuchIsUnderWayAndGoesOnWhenItHasArrived(TestCluster cluster) throws InterruptedException {
        String topic = cluster.topic(1, Map.of("max.message.bytes", String.valueOf(4 * UNDER_WAY * RECORD)));
        AtomicInteger sent = new AtomicInteger();
        try (KafkaProducer<byte[], byte[]> producer = hoarder(cluster)) {
            SendWindow window = new SendWindow(producer);
            Thread sender = new Thread(() -> {
                for (int record = 0; record < RECORDS; record++) {
                    window.send(new ProducerRecord<>(topic, new byte[RECORD]));
                    sent.incrementAndGet();
                }
            });
            sender.start();
            Waiting.until(
                    "the sender waits",
                    PATIENCE,
                    () -> sent.get() == UNDER_WAY && sender.getState() == Thread.State.WAITING);
            while (sender.isAlive()) {
                producer.flush();
            }
            producer.flush();
            assertThat(window.failure()).isNull();
        }
        assertThat(cluster.committed(topic)).hasSize(RECORDS);
    }

    @Test
    void keepsTheFirstFailureAndWaitsForNothingAfterIt(TestCluster cluster) {
        try (KafkaProducer<byte[], byte[]> producer = hoarder(cluster)) {
            SendWindow window = new SendWindow(producer);
            window.send(new ProducerRecord<>(cluster.topic(1), new byte[5 * UNDER_WAY * RECORD]));
            assertThat(window.failure()).hasMessageContaining("max.request.size");
            String topic = cluster.topic(1);
            for (int record = 0; record < 2 * UNDER_WAY; record++) {
                window.send(new ProducerRecord<>(topic, new byte[RECORD]));
            }
            assertThat(window.failure()).hasMessageContaining("max.request.size");
            producer.close(Duration.ZERO);
        }
    }
}
