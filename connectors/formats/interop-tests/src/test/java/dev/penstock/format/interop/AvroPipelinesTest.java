package dev.penstock.format.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.format.registry.RegisteredSchema;
import dev.penstock.format.registry.RegisteredSchema.Draft;
import dev.penstock.format.registry.SchemaRegistry;
import dev.penstock.format.registry.WireFormat;
import dev.penstock.spi.ConfigException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Avro through a real registry and a real topic, in whole pipelines. */
@ExtendWith(Servers.Shared.class)
class AvroPipelinesTest {
    private static final String FIRST = """
            {"type": "record", "name": "Order", "fields": [
              {"name": "id", "type": "long"},
              {"name": "email", "type": ["null", "string"], "default": null}]}""";
    private static final String SECOND = """
            {"type": "record", "name": "Order", "fields": [
              {"name": "id", "type": "long"},
              {"name": "email", "type": ["null", "string"], "default": null},
              {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2},
               "default": "\\u0000"}]}""";

    private final Servers servers;
    private final SchemaRegistry registry;

    @TempDir
    private Path directory;

    AvroPipelinesTest(Servers servers) {
        this.servers = servers;
        this.registry =
                new SchemaRegistry(Registries.settings(servers.registry().url()));
    }

    @Test
    void writesRowsThatAvroItselfReadsByTheRegisteredSchema() throws Exception {
        String topic = servers.topic();

        Pipelines.run(directory, toTopic(topic, "type: avro, record-name: shop.Order"));

        byte[] value = servers.values(topic).get(1);
        RegisteredSchema schema = registry.version(topic + "-value", "latest");
        assertThat(WireFormat.id(value, 0, value.length)).isEqualTo(schema.id());
        GenericRecord record = new GenericDatumReader<GenericRecord>(new Schema.Parser().parse(schema.text()))
                .read(null, DecoderFactory.get().binaryDecoder(value, 5, value.length - 5, null));
        assertThat(record).hasToString("{\"id\": 2, \"email\": null, \"tags\": [\"a\", null]}");
        assertThat(record.getSchema().getFullName()).isEqualTo("shop.Order");
    }

    @Test
    void readsBackWhatItWrote() throws Exception {
        String topic = servers.topic();
        Pipelines.run(directory, toTopic(topic, "type: avro"));

        List<String> lines = fromTopic(topic, "", "halt");

        assertThat(lines).containsExactlyElementsOf(Files.readAllLines(directory.resolve("in/orders.ndjson")));
    }

    @Test
    void readsOldAndNewVersionsSideBySideWithTheDefaultsOfTheNewest() throws Exception {
        String topic = servers.topic();
        int first = register(topic, FIRST);
        servers.send(topic, record(FIRST, first, 1L));
        int second = register(topic, SECOND);
        servers.send(topic, record(SECOND, second, 2L));
        servers.send(topic, record(FIRST, first, 3L));

        List<String> lines = fromTopic(topic, ", subject: " + topic + "-value", "halt");

        assertThat(lines)
                .containsExactly(
                        "{\"id\":1,\"email\":\"a@b\",\"amount\":0.00}",
                        "{\"id\":2,\"email\":\"a@b\",\"amount\":12.50}",
                        "{\"id\":3,\"email\":\"a@b\",\"amount\":0.00}");
    }

    @Test
    void setsBadRecordsAsideAndGoesOn() throws Exception {
        String topic = servers.topic();
        int id = register(topic, FIRST);
        byte[] good = record(FIRST, id, 1L);
        servers.send(topic, good);
        servers.send(topic, new byte[0]);
        servers.send(topic, new byte[] {1, 0, 0, 0, 1, 2});
        servers.send(topic, header(987_654, good));
        servers.send(topic, java.util.Arrays.copyOf(good, good.length - 2));
        servers.send(topic, good);

        List<String> lines = fromTopic(topic, "", "dead-letter");

        assertThat(lines).hasSize(2);
        assertThat(String.join("\n", Pipelines.lines(directory.resolve("bad"))))
                .contains("is empty")
                .contains("its first byte is 1, not 0")
                .contains("names schema 987654, which the registry does not have")
                .contains("column 'email': ends early");
    }

    @Test
    void refusesColumnsThatTheSubjectIsNotCompatibleWith() throws Exception {
        String topic = servers.topic();
        register(topic, FIRST.replace("\"long\"", "\"string\""));
        Registries.compatibility(servers.registry().url(), topic + "-value", "BACKWARD");

        assertThatThrownBy(() -> Pipelines.run(directory, toTopic(topic, "type: avro, record-name: Order")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("the registry takes no such schema for subject '" + topic + "-value'");
    }

    @Test
    void writesTheLatestVersionOfTheSubjectWhereItMayNotRegister() throws Exception {
        String topic = servers.topic();
        int id = register(topic, SECOND);

        Pipelines.run(directory, toTopic(topic, "type: avro, auto-register: false, without: [tags]"));

        assertThat(servers.values(topic))
                .allSatisfy(value ->
                        assertThat(WireFormat.id(value, 0, value.length)).isEqualTo(id));
        assertThat(fromTopic(topic, "", "halt")).first().asString().contains("\"amount\":0.00");
    }

    private int register(String topic, String schema) {
        return registry.register(topic + "-value", Draft.of(RegisteredSchema.Kind.AVRO, schema));
    }

    private static byte[] record(String text, int schemaId, long id) throws IOException {
        Schema schema = new Schema.Parser().parse(text);
        GenericRecord record = new GenericData.Record(schema);
        record.put("id", id);
        record.put("email", "a@b");
        if (schema.getField("amount") != null) {
            record.put("amount", java.nio.ByteBuffer.wrap(new byte[] {4, (byte) 0xe2}));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(schema).write(record, encoder);
        encoder.flush();
        byte[] body = new byte[5 + bytes.size()];
        System.arraycopy(bytes.toByteArray(), 0, body, 5, bytes.size());
        return header(schemaId, body);
    }

    private static byte[] header(int schemaId, byte[] record) {
        byte[] changed = record.clone();
        WireFormat.write(schemaId, changed, 0);
        return changed;
    }

    private String toTopic(String topic, String format) throws IOException {
        Path in = Files.createDirectories(directory.resolve("in"));
        Files.writeString(in.resolve("orders.ndjson"), """
                {"id":1,"email":"a@b","tags":["x"]}
                {"id":2,"email":null,"tags":["a",null]}
                {"id":3,"email":"\u00fc","tags":[]}
                """);
        return """
                pipeline: to-topic
                checkpoint: { state: ./state-to }
                source:
                  connector: files
                  path: ./in
                  follow: false
                  format: ndjson
                  columns: { id: int64!, email: string, tags: list<string> }
                sink:
                  connector: kafka
                  %s
                  topic: %s
                  format: { %s, registry: '%s' }
                """.formatted(servers.broker(), topic, format, servers.registry().url());
    }

    private List<String> fromTopic(String topic, String more, String policy) throws IOException {
        String errors = policy.equals("halt")
                ? ""
                : "errors: { policy: dead-letter, sink: { connector: files, path: ./bad, format: ndjson } }";
        Pipelines.run(directory, """
                pipeline: from-topic
                checkpoint: { state: ./state-from }
                source:
                  connector: kafka
                  %s
                  topics: %s
                  follow: false
                  format: { type: avro, registry: '%s'%s }
                sink:
                  connector: files
                  path: ./out
                  format: ndjson
                %s
                """.formatted(
                        servers.broker(), topic, servers.registry().url(), more, errors));
        return Pipelines.lines(directory.resolve("out"));
    }
}
