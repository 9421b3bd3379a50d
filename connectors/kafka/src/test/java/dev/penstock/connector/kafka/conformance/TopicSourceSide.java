package dev.penstock.connector.kafka.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.conformance.Reading;
import dev.penstock.conformance.SourceSide;
import dev.penstock.conformance.history.LineLayout;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.history.RowLayout;
import dev.penstock.spi.data.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Topics of one partition each, so that partitions can be taken away too. */
final class TopicSourceSide implements SourceSide {
    private static final int MAX_RECORD = 2 << 20;
    /** Such a time no broker takes unless it is told to. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "message.timestamp.after.max.ms",
            String.valueOf(Long.MAX_VALUE),
            "max.message.bytes",
            String.valueOf(MAX_RECORD));

    private final KitBroker broker;
    private final String place;
    private int topics;

    TopicSourceSide(KitBroker broker, String place) {
        this.broker = broker;
        this.place = place;
    }

    private String topic(int partition) {
        return place + "-" + partition;
    }

    @Override
    public void create(int partitions) {
        for (int partition = 0; partition < partitions; partition++) {
            addPartition();
        }
    }

    @Override
    public void addPartition() {
        KitBroker.await(broker.admin()
                .createTopics(List.of(new NewTopic(topic(topics++), 1, (short) 1).configs(PROPERTIES)))
                .all());
    }

    @Override
    public void removePartition(int partition) {
        KitBroker.await(broker.admin().deleteTopics(List.of(topic(partition))).all());
    }

    @Override
    public Optional<Map<String, Object>> reading(Reading reading) {
        return switch (reading) {
            case BOUNDED -> Optional.of(Map.of());
            case UNBOUNDED -> Optional.of(Map.of("follow", true));
            case LATEST -> Optional.of(Map.of("follow", true, "start", "latest"));
            case FROM_NOW ->
                Optional.of(Map.of(
                        "follow",
                        true,
                        "start",
                        "timestamp",
                        "start-timestamp",
                        nextMillisecond().toString()));
            case TABLE, PRUNING -> Optional.empty();
        };
    }

    private static Instant nextMillisecond() {
        long next = System.currentTimeMillis() + 1;
        while (System.currentTimeMillis() < next) {
            Thread.onSpinWait();
        }
        return Instant.ofEpochMilli(next);
    }

    @Override
    public RowLayout layout() {
        return RowLayout.LINES;
    }

    @Override
    public void append(int partition, List<NumberedRow> rows) {
        send(rows.stream()
                .map(row -> new ProducerRecord<>(
                        topic(partition),
                        0,
                        row.key().getBytes(UTF_8),
                        LineLayout.line(row).getBytes(UTF_8)))
                .toList());
    }

    private void send(List<ProducerRecord<byte[], byte[]>> records) {
        List<Future<?>> sent = new ArrayList<>();
        for (ProducerRecord<byte[], byte[]> record : records) {
            sent.add(broker.producer().send(record));
        }
        for (Future<?> each : sent) {
            try {
                each.get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** A time in nanoseconds, as producers that take one unit for another write it: no timestamp can hold it. */
    @Override
    public void appendPoison(int partition) {
        long time = 1_000_000 * System.currentTimeMillis();
        send(List.of(new ProducerRecord<>(topic(partition), 0, time, null, "late".getBytes(UTF_8))));
    }

    @Override
    public List<Row> appendTypes() {
        create(1);
        TypeRecords types = new TypeRecords(topic(0));
        send(types.records());
        return types.rows();
    }

    /** Each record has an offset of its own. */
    @Override
    public void appendTogether(int partition, List<NumberedRow> rows) {
        append(partition, rows);
    }

    @Override
    public void expire(int partition, long sequence) {
        TopicPartition expired = new TopicPartition(topic(partition), 0);
        KitBroker.await(broker.admin()
                .deleteRecords(Map.of(expired, RecordsToDelete.beforeOffset(sequence)))
                .all());
    }

    @Override
    public OptionalLong released(int partition) {
        Map<TopicPartition, OffsetAndMetadata> offsets =
                KitBroker.await(broker.admin().listConsumerGroupOffsets(place).partitionsToOffsetAndMetadata());
        OffsetAndMetadata committed = offsets.get(new TopicPartition(topic(partition), 0));
        return OptionalLong.of(committed == null ? 0 : committed.offset());
    }
}
