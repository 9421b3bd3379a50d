package dev.penstock.connector.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.Payload;
import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.Routing;
import dev.penstock.spi.SinkPlan;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
@ExtendWith(RealBroker.class)
class SinkTest {
    private static final Schema KEYED = Schema.of(
            Field.of("id", DataType.INT64),
            Field.of("headers", MetadataColumns.HEADERS),
            Field.of("at", DataType.TIMESTAMP),
            Field.of("slot", DataType.INT32),
            Field.of("topic", DataType.STRING),
            Field.of(Payload.COLUMN, DataType.BYTES));

    @TempDir
    Path directory;

    private Writing atLeastOnce(TestCluster cluster, Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("delivery", "at-least-once");
        return Writing.of(cluster, directory, 1, all);
    }

    @Test
    void rowsAreReadableOnceTheyAreFlushed(TestCluster cluster) {
        String topic = cluster.topic(1);
        try (Writing writing = atLeastOnce(cluster, Map.of("topic", topic));
                SinkWriter writer = writing.writer(0, 1, -1)) {
            writer.begin(writing.epoch(1));
            assertThat(writer.write(Writing.records("a", "b"))).isEqualTo(WriteResult.accepted(2));
            writer.flush();
            assertThat(cluster.committedValues(topic)).containsExactly("a", "b");
        }
    }

    private static Map<String, Object> allColumns() {
        return Map.of(
                "topic-column",
                "topic",
                "key-column",
                "id",
                "headers-column",
                "headers",
                "timestamp-column",
                "at",
                "partition-column",
                "slot");
    }

    @Test
    void takesAllPartsOfARecordFromColumns(TestCluster cluster) {
        String topic = cluster.topic(3);
        Schema header = new Schema(List.of(Field.required("key", DataType.STRING), Field.of("value", DataType.BYTES)));
        RecordBatch batch = new BatchBuilder(KEYED)
                .append(
                        7L,
                        List.of(Row.of(header, "trace", Writing.bytes("t1")), Row.of(header, "none", null)),
                        Instant.ofEpochMilli(1_700_000_000_123L),
                        2,
                        topic,
                        Writing.bytes("value"))
                .build();
        try (Writing writing = atLeastOnce(cluster, allColumns()).planned(KEYED, WriteMode.append());
                SinkWriter writer = writing.writer(0, 1, -1)) {
            writer.begin(writing.epoch(1));
            assertThat(writer.write(batch).rejected()).isEmpty();
            writer.flush();
        }
        ConsumerRecord<byte[], byte[]> found = cluster.committed(topic).get(0);
        assertThat(new String(found.key(), UTF_8)).isEqualTo("7");
        assertThat(new String(found.value(), UTF_8)).isEqualTo("value");
        assertThat(found.partition()).isEqualTo(2);
        assertThat(found.timestamp()).isEqualTo(1_700_000_000_123L);
        assertThat(found.headers().lastHeader("trace").value()).isEqualTo("t1".getBytes(UTF_8));
        assertThat(found.headers().lastHeader("none").value()).isNull();
    }

    @Test
    void rejectsRowsThatABrokerWouldRefuseAndTakesTheirNeighbours(TestCluster cluster) {
        String topic = cluster.topic(1, Map.of("max.message.bytes", "2000"));
        BatchBuilder builder = new BatchBuilder(KEYED);
        builder.append(1L, null, null, null, topic, Writing.bytes("first"));
        builder.append(2L, null, null, null, topic, Writing.bytes("x".repeat(3000)));
        builder.append(3L, null, null, null, "nowhere", Writing.bytes("no topic"));
        builder.append(4L, null, null, 5, topic, Writing.bytes("no partition"));
        builder.append(5L, null, null, null, topic, null);
        builder.append(6L, null, null, null, "not a topic", Writing.bytes("no name"));
        builder.append(Row.of(KEYED, 7L, null, null, null, topic, null).with(Operation.DELETE));
        builder.append(8L, null, null, null, topic, Writing.bytes("last"));
        try (Writing writing = Writing.of(cluster, directory, 1, allColumns()).planned(KEYED, WriteMode.append());
                SinkWriter writer = writing.writer(0, 1, -1)) {
            writer.begin(writing.epoch(1));
            WriteResult result = writer.write(builder.build());
            assertThat(result.accepted()).isEqualTo(2);
            assertThat(result.rejected()).extracting(RejectedRow::index).containsExactly(1, 2, 3, 4, 5, 6);
            assertThat(result.rejected().get(0).reason()).contains("takes 3", "raise max.message.bytes");
            assertThat(result.rejected().get(1).reason()).isEqualTo("topic 'nowhere' does not exist");
            writing.commit(writer.prepare().orElseThrow());
        }
        assertThat(cluster.committedValues(topic)).containsExactly("first", "last");
    }

    @Test
    void deletesBecomeTombstonesOfTheirKey(TestCluster cluster) {
        String topic = cluster.topic(1);
        Schema schema = Schema.of(Field.of("id", DataType.STRING), Field.of(Payload.COLUMN, DataType.BYTES));
        BatchBuilder builder = new BatchBuilder(schema);
        builder.append("k", Writing.bytes("v"));
        builder.append(Row.of(schema, "k", null).with(Operation.DELETE));
        builder.append(null, Writing.bytes("no key"));
        try (Writing writing = Writing.of(cluster, directory, 1, Map.of("topic", topic))
                        .planned(schema, WriteMode.upsert(List.of("id")));
                SinkWriter writer = writing.writer(0, 1, -1)) {
            writer.begin(writing.epoch(1));
            assertThat(writer.write(builder.build()).rejected()).containsExactly(new RejectedRow(2, "its key is null"));
            writing.commit(writer.prepare().orElseThrow());
        }
        assertThat(cluster.committedValues(topic)).containsExactly("v", "(null)");
    }

    @Test
    void severalColumnsTellRowsApartAsOneKey(TestCluster cluster) {
        String topic = cluster.topic(1);
        Schema schema = Schema.of(
                Field.of("shop", DataType.STRING),
                Field.of("id", DataType.INT64),
                Field.of(Payload.COLUMN, DataType.BYTES));
        BatchBuilder builder = new BatchBuilder(schema);
        builder.append("zürich", 7L, Writing.bytes("v"));
        builder.append(Row.of(schema, "zürich", 7L, null).with(Operation.DELETE));
        builder.append("zürich", null, Writing.bytes("half a key"));
        try (Writing writing = Writing.of(cluster, directory, 1, Map.of("topic", topic))
                        .planned(schema, WriteMode.upsert(List.of("shop", "id")));
                SinkWriter writer = writing.writer(0, 1, -1)) {
            assertThat(writing.sink().routing()).isEqualTo(new Routing.ByKey(List.of("shop", "id")));
            writer.begin(writing.epoch(1));
            assertThat(writer.write(builder.build()).rejected()).containsExactly(new RejectedRow(2, "its key is null"));
            writing.commit(writer.prepare().orElseThrow());
        }
        assertThat(cluster.committed(topic))
                .extracting(found -> new String(found.key(), UTF_8))
                .containsExactly("{\"shop\":\"zürich\",\"id\":7}", "{\"shop\":\"zürich\",\"id\":7}");
    }

    @Test
    void theKeyOfRecordsMustBeWhatTellsRowsApart(TestCluster cluster) {
        Schema schema = Schema.of(
                Field.of("shop", DataType.STRING),
                Field.of("id", DataType.INT64),
                Field.of(Payload.COLUMN, DataType.BYTES));
        Map<String, Object> settings = Map.of("topic", cluster.topic(1), "key-columns", List.of("shop", "id"));
        try (Writing writing = Writing.of(cluster, directory, 1, settings)) {
            assertThat(writing.sink().plan(schema, WriteMode.upsert(List.of("id"))))
                    .isInstanceOfSatisfying(
                            SinkPlan.Reject.class,
                            reject -> assertThat(reject.problems())
                                    .extracting(problem -> problem.path())
                                    .containsExactly("key-columns"));
            assertThat(writing.sink().plan(schema, WriteMode.upsert(List.of("id", "shop"))))
                    .isInstanceOf(SinkPlan.Accept.class);
        }
    }

    @Test
    void saysBeforeTheFirstRowWhatDoesNotFit(TestCluster cluster) {
        try (Writing writing =
                Writing.of(cluster, directory, 1, Map.of("topic", cluster.topic(1), "key-column", "nothing"))) {
            Schema schema = Schema.of(Field.of("id", DataType.FLOAT64), Payload.FIELD);
            assertThat(writing.sink().plan(schema, WriteMode.append()))
                    .isInstanceOfSatisfying(
                            SinkPlan.Reject.class,
                            reject -> assertThat(reject.problems())
                                    .extracting(problem -> problem.path())
                                    .containsExactly("key-column", "format"));
        }
    }

    @Test
    void createsItsTopicAndItsCommitTopicOnceAndRemovesOnlyWhatIsItsOwn(TestCluster cluster) {
        String topic = "made-by-the-sink";
        Map<String, Object> settings = Map.of("topic", topic, "commit-topic", topic + "-commits");
        try (Writing writing = Writing.of(cluster, directory, 1, settings)) {
            writing.sink().provision();
            assertThat(names(cluster)).contains(topic, topic + "-commits");
            writing.sink().deprovision();
            writing.sink().deprovision();
            assertThat(names(cluster)).contains(topic).doesNotContain(topic + "-commits");
        }
    }

    private static Iterable<String> names(TestCluster cluster) {
        return TestCluster.await(cluster.admin().listTopics().names());
    }
}
