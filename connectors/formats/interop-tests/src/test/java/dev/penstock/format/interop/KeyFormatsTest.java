package dev.penstock.format.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.format.registry.RegisteredSchema;
import dev.penstock.format.registry.RegisteredSchema.Draft;
import dev.penstock.format.registry.SchemaRegistry;
import dev.penstock.format.registry.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Keys of messages in formats of their own, through a real registry and a real topic, in whole pipelines. */
@ExtendWith(Servers.Shared.class)
class KeyFormatsTest {
    private static final String CHANGES = """
            {"op":"insert","shop":"a","id":1,"email":"a@b"}
            {"op":"insert","shop":"a","id":2,"email":"c@d"}
            {"op":"delete","shop":"a","id":1,"email":null}
            """;

    private final Servers servers;
    private final SchemaRegistry registry;

    @TempDir
    private Path directory;

    KeyFormatsTest(Servers servers) {
        this.servers = servers;
        this.registry =
                new SchemaRegistry(Registries.settings(servers.registry().url()));
    }

    private String registryOption() {
        return "registry: '" + servers.registry().url() + "'";
    }

    private void toTopic(String sink, String... transforms) throws IOException {
        Path in = Files.createDirectories(directory.resolve("in"));
        Files.writeString(in.resolve("orders.ndjson"), CHANGES);
        Pipelines.run(
                directory, """
                pipeline: to-topic
                checkpoint: { state: ./state-to }
                source:
                  connector: files
                  path: ./in
                  follow: false
                  format: ndjson
                  columns: { op: string, shop: string!, id: int64!, email: string }
                transforms:
                %s
                sink:
                  connector: kafka
                  %s
                %s
                """.formatted(String.join("\n", transforms).indent(2), servers.broker(), sink.indent(2)));
    }

    private String keyStep(String topic, String columns, String more) {
        return "- encode: { columns: " + columns + ", into: kafka_key, format: { type: avro, " + registryOption()
                + ", subject-naming: topic-key, topic: " + topic + more + " } }";
    }

    private Object read(byte[] bytes) throws IOException {
        RegisteredSchema schema =
                registry.byId(WireFormat.id(bytes, 0, bytes.length)).orElseThrow();
        return new GenericDatumReader<>(new Schema.Parser().parse(schema.text()))
                .read(null, DecoderFactory.get().binaryDecoder(bytes, 5, bytes.length - 5, null));
    }

    @Test
    void keysAreWrittenAsAvroItselfReadsThemUnderASubjectOfTheirOwn() throws Exception {
        String topic = servers.topic();
        toTopic("""
                topic: %s
                key-column: kafka_key
                format: { type: avro, %s, without: [kafka_key, op] }
                """.formatted(topic, registryOption()), keyStep(topic, "[shop, id]", ", record-name: shop.Key"));

        List<ConsumerRecord<byte[], byte[]>> records = servers.records(topic);
        assertThat(read(records.get(1).key())).hasToString("{\"shop\": \"a\", \"id\": 2}");
        assertThat(read(records.get(1).value())).hasToString("{\"shop\": \"a\", \"id\": 2, \"email\": \"c@d\"}");
        assertThat(registry.version(topic + "-key", "latest").text()).contains("\"name\":\"Key\"");
        assertThat(records.get(0).key()).isEqualTo(records.get(2).key());
    }

    @Test
    void aKeyOfOneColumnIsAValueIfItsSchemaIsNoRecord() throws Exception {
        String topic = servers.topic();
        toTopic("""
                topic: %s
                key-column: kafka_key
                format: { type: ndjson, without: [kafka_key] }
                """.formatted(topic), keyStep(topic, "[id]", ", schema: '\"long\"'"));

        assertThat(read(servers.records(topic).get(1).key())).isEqualTo(2L);
        assertThat(registry.version(topic + "-key", "latest").text()).isEqualTo("\"long\"");
    }

    @Test
    void keysComeBackAsColumnsBesideThoseOfTheValue() throws Exception {
        String topic = servers.topic();
        toTopic("""
                topic: %s
                key-column: kafka_key
                format: { type: avro, %s, without: [kafka_key, op] }
                """.formatted(topic, registryOption()), keyStep(topic, "[shop, id]", ""));

        assertThat(fromTopic(
                        topic,
                        "{ type: avro, " + registryOption() + " }",
                        "- decode: { column: kafka_key, prefix: key_, format: { type: avro, " + registryOption()
                                + " } }"))
                .containsExactly(
                        "{\"key_shop\":\"a\",\"key_id\":1,\"shop\":\"a\",\"id\":1,\"email\":\"a@b\"}",
                        "{\"key_shop\":\"a\",\"key_id\":2,\"shop\":\"a\",\"id\":2,\"email\":\"c@d\"}",
                        "{\"key_shop\":\"a\",\"key_id\":1,\"shop\":\"a\",\"id\":1,\"email\":null}");
    }

    @Test
    void keysThatOthersWroteAndKeysThatAreMissingAreRead() throws Exception {
        String topic = servers.topic();
        int id = registry.register(topic + "-key", Draft.of(RegisteredSchema.Kind.AVRO, "\"string\""));
        servers.send(topic, avro("\"string\"", id, "zürich"), "{\"n\":1}".getBytes(UTF_8));
        servers.send(topic, null, "{\"n\":2}".getBytes(UTF_8));

        assertThat(fromTopic(
                        topic,
                        "ndjson",
                        "- decode: { column: kafka_key, prefix: key_, columns: { value: string }, format: { type:"
                                + " avro, " + registryOption() + " } }"))
                .containsExactly("{\"key_value\":\"zürich\",\"n\":1}", "{\"key_value\":null,\"n\":2}");
    }

    @Test
    void upsertsAndTombstonesHaveKeysInAvro() throws Exception {
        String topic = servers.topic();
        Path in = Files.createDirectories(directory.resolve("changes"));
        Files.writeString(in.resolve("changes.ndjson"), """
                {"op":"c","before":null,"after":{"id":1,"email":"a@b"}}
                {"op":"d","before":{"id":1,"email":"a@b"},"after":null}
                """);
        Pipelines.run(directory, """
                pipeline: upserts
                checkpoint: { state: ./state-upserts }
                source:
                  connector: files
                  path: ./changes
                  follow: false
                  format: debezium
                  columns: { id: int64!, email: string }
                transforms:
                  %s
                sink:
                  connector: kafka
                  %s
                  topic: %s
                  mode: upsert
                  key: [kafka_key]
                  format: { type: ndjson, without: [kafka_key] }
                """.formatted(keyStep(topic, "[id]", ""), servers.broker(), topic));

        List<ConsumerRecord<byte[], byte[]>> records = servers.records(topic);
        assertThat(records).hasSize(2);
        assertThat(read(records.get(1).key())).hasToString("{\"id\": 1}");
        assertThat(records.get(1).value()).isNull();
        assertThat(records.get(0).key()).isEqualTo(records.get(1).key());
    }

    @Test
    void topicsByRowShareASchemaThatIsNamedAfterTheRecord() throws Exception {
        String topic = servers.topic();
        toTopic("""
                topic-column: topic
                format: { type: avro, %s, subject-naming: record, record-name: shop.%s, without: [topic, op] }
                """.formatted(registryOption(), topic.replace("-", "")), "- compute: { topic: \"'" + topic + "'\" }");

        byte[] value = requireNonNull(servers.values(topic).get(0));
        assertThat(read(value)).hasToString("{\"shop\": \"a\", \"id\": 1, \"email\": \"a@b\"}");
        assertThat(registry.version("shop." + topic.replace("-", ""), "latest").id())
                .isEqualTo(WireFormat.id(value, 0, value.length));
    }

    @Test
    void topicsByRowNameNoSubjectAndThePipelineSaysSo() {
        assertThatThrownBy(() -> toTopic("""
                        topic-column: shop
                        format: { type: avro, %s }
                        """.formatted(registryOption()), "- drop: [op]"))
                .hasMessageContaining("subject: is missing, and no topic names it; give subject or topic");
    }

    private List<String> fromTopic(String topic, String format, String transform) throws IOException {
        Pipelines.run(directory, """
                pipeline: from-topic
                checkpoint: { state: ./state-from }
                source:
                  connector: kafka
                  %s
                  topics: %s
                  follow: false
                  metadata: [key]
                  format: %s
                transforms:
                  %s
                sink:
                  connector: files
                  path: ./out
                  format: ndjson
                """.formatted(servers.broker(), topic, format, transform));
        return Pipelines.lines(directory.resolve("out"));
    }

    private static byte[] avro(String schema, int id, Object value) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(new byte[WireFormat.HEADER]);
        BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
        new GenericDatumWriter<>(new Schema.Parser().parse(schema)).write(value, encoder);
        byte[] written = bytes.toByteArray();
        WireFormat.write(id, written, 0);
        return written;
    }
}
