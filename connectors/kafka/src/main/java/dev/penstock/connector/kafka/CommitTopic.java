package dev.penstock.connector.kafka;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the last mark of a sink from its compacted topic of one partition, which belongs to it alone. One thread at a
 * time.
 */
final class CommitTopic implements AutoCloseable {
    private static final Duration LONGEST_READ = Duration.ofSeconds(60);
    private static final Duration GRACE = Duration.ofMillis(500);
    private static final Duration POLL = Duration.ofMillis(200);
    /** The last mark is near the end: each one is followed by the marker of its transaction. */
    private static final long TAIL = 64;

    private final String name;
    private final byte[] key;
    private final TopicPartition partition;
    private final Clients clients;
    private @Nullable Consumer<ByteBuffer, ByteBuffer> open;

    CommitTopic(String name, byte[] key, Clients clients) {
        this.name = name;
        this.key = key;
        this.partition = new TopicPartition(name, 0);
        this.clients = clients;
    }

    String name() {
        return name;
    }

    ProducerRecord<byte[], byte @Nullable []> record(CommitMark mark) {
        return new ProducerRecord<>(name, 0, key, mark.encode());
    }

    /**
     * The last mark that is committed now. What a producer has under way is not waited for: if it has died, that would
     * take until its transaction times out, and {@link Transactions#begin} ends it at once.
     *
     * @throws dev.penstock.spi.ConnectorException if the topic cannot be read
     */
    CommitMark read() {
        try {
            Consumer<ByteBuffer, ByteBuffer> committed = consumer();
            long end = committed.endOffsets(Set.of(partition), LONGEST_READ).getOrDefault(partition, 0L);
            long start =
                    committed.beginningOffsets(Set.of(partition), LONGEST_READ).getOrDefault(partition, 0L);
            long tail = Math.max(start, end - TAIL);
            byte[] mark = last(committed, tail, end);
            if (mark == null && tail > start) {
                mark = last(committed, start, end);
            }
            return mark == null ? CommitMark.NONE : CommitMark.decode(name, mark);
        } catch (KafkaException e) {
            close();
            throw KafkaFailure.ofBelieved("read commit topic '" + name + "'", e);
        }
    }

    private Consumer<ByteBuffer, ByteBuffer> consumer() {
        Consumer<ByteBuffer, ByteBuffer> now = open;
        if (now == null) {
            now = clients.markConsumer();
            open = now;
            now.assign(Set.of(partition));
        }
        return now;
    }

    private byte @Nullable [] last(Consumer<ByteBuffer, ByteBuffer> consumer, long from, long end) {
        byte[] last = null;
        long deadline = System.nanoTime() + LONGEST_READ.toNanos();
        consumer.seek(partition, from);
        while (consumer.position(partition) < end) {
            List<ConsumerRecord<ByteBuffer, ByteBuffer>> records =
                    consumer.poll(POLL).records(partition);
            if (!records.isEmpty()) {
                ByteBuffer value = records.get(records.size() - 1).value();
                last = new byte[value.remaining()];
                value.duplicate().get(last);
            }
            if (System.nanoTime() > deadline) {
                throw new TimeoutException("the end was not reached within " + LONGEST_READ.toSeconds() + " s");
            }
        }
        return last;
    }

    @Override
    public void close() {
        Consumer<ByteBuffer, ByteBuffer> now = open;
        open = null;
        if (now != null) {
            boolean interrupted = Thread.interrupted();
            try {
                now.close(CloseOptions.timeout(GRACE));
            } catch (InterruptException e) {
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
