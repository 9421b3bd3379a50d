package dev.penstock.connector.kafka.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.penstock.conformance.SinkSide;
import dev.penstock.conformance.history.LineLayout;
import dev.penstock.conformance.history.NumberedRow;
import dev.penstock.conformance.history.RowLayout;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.RecordBatch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a topic as a committed reader does. */
final class TopicSinkSide implements SinkSide {
    private static final int MAX_RECORD = 100_000;

    private final KitBroker broker;
    private final String topic;
    private final Path spool;
    private volatile boolean folded;

    TopicSinkSide(KitBroker broker, String topic, Path spool) {
        this.broker = broker;
        this.topic = topic;
        this.spool = spool;
    }

    static String commitTopic(String topic) {
        return topic + "-commits";
    }

    @Override
    public void create() {
        KitBroker.await(broker.admin()
                .createTopics(List.of(new NewTopic(topic, 1, (short) 1)
                        .configs(Map.of("max.message.bytes", String.valueOf(MAX_RECORD)))))
                .all());
        while (!broker.topics(topic).contains(topic)) {
            Thread.onSpinWait(); // a broker lists a topic a moment after it was created
        }
    }

    @Override
    public RowLayout layout() {
        return new KeyedLines();
    }

    @Override
    public WriteMode upsert() {
        folded = true;
        return SinkSide.super.upsert();
    }

    /** All records; of upserts, what compaction would leave. */
    @Override
    public List<NumberedRow> visible() {
        List<NumberedRow> rows = new ArrayList<>();
        Map<String, NumberedRow> last = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : committed()) {
            String key = new String(record.key(), UTF_8);
            last.remove(key);
            if (record.value() != null) {
                NumberedRow row = LineLayout.parse(new String(record.value(), UTF_8));
                rows.add(row);
                last.put(key, row);
            }
        }
        return folded ? new ArrayList<>(last.values()) : rows;
    }

    /** Of a row there is nothing besides its record and its key. */
    @Override
    public Map<String, String> visible(String column) {
        Map<String, String> keys = new LinkedHashMap<>();
        for (ConsumerRecord<byte[], byte[]> record : committed()) {
            if (column.equals(NumberedRow.KEY) && record.key() != null) {
                keys.put(LineLayout.parse(new String(record.value(), UTF_8)).key(), new String(record.key(), UTF_8));
            }
        }
        return keys;
    }

    private List<ConsumerRecord<byte[], byte[]>> committed() {
        Map<String, Object> properties = new HashMap<>(broker.client());
        properties.put("isolation.level", "read_committed");
        properties.put("fetch.max.wait.ms", "10");
        List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
        if (!broker.topics(topic).contains(topic)) {
            return found;
        }
        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> {
                    if (record.offset() < end) {
                        found.add(record);
                    }
                });
            }
        }
        return found;
    }

    @Override
    public RecordBatch batchWithInvalid(List<NumberedRow> rows, List<Integer> invalid) {
        BatchBuilder builder = new BatchBuilder(schema());
        for (int index = 0; index < rows.size(); index++) {
            NumberedRow row = rows.get(index);
            String line = LineLayout.line(row);
            builder.append(KeyedLines.row(row, invalid.contains(index) ? line + "x".repeat(2 * MAX_RECORD) : line));
        }
        return builder.build();
    }

    /** Has the topic of commits compacted as soon as something is added to it. */
    @Override
    public void maintain() {
        ConfigResource commits = new ConfigResource(ConfigResource.Type.TOPIC, commitTopic(topic));
        List<AlterConfigOp> operations = Map.of(
                        "segment.ms", "1", "max.compaction.lag.ms", "1", "min.cleanable.dirty.ratio", "0.01")
                .entrySet()
                .stream()
                .map(entry ->
                        new AlterConfigOp(new ConfigEntry(entry.getKey(), entry.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        KitBroker.await(broker.admin()
                .incrementalAlterConfigs(Map.of(commits, operations))
                .all());
    }

    @Override
    public void destroy(Prepared prepared) {
        String name = "w" + prepared.writer() + "-e" + prepared.epoch().epoch() + "-"
                + prepared.epoch().runId() + ".spool";
        try {
            for (Path file : spooled()) {
                if (file.endsWith(name)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String openForeignTransaction() {
        Path file = spool.resolve("somebody.else").resolve("w0-e1000000-other.spool");
        try {
            Files.createDirectories(file.resolveSibling("."));
            Files.writeString(file, "of somebody else");
            return transaction(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Path> spooled() {
        if (Files.notExists(spool)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(spool)) {
            return files.filter(file -> file.toString().endsWith(".spool")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String transaction(Path file) {
        return "spooled:" + file;
    }

    /** What was prepared and neither committed nor aborted. */
    Set<String> openTransactions() {
        Set<String> open = new TreeSet<>();
        spooled().forEach(file -> open.add(transaction(file)));
        return open;
    }
}
