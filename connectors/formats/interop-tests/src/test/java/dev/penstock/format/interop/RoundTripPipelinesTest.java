package dev.penstock.format.interop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.format.registry.RegisteredSchema;
import dev.penstock.format.registry.SchemaRegistry;
import dev.penstock.format.registry.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes through a topic and a registry comes out as it went in, whatever the format. */
@ExtendWith(Servers.Shared.class)
class RoundTripPipelinesTest {
    private static final String ROWS = """
            {"id":1,"name":"ä","price":12.50,"day":"2026-01-31","at":"2026-01-31T12:00:00.123456Z","tags":["a","b"],"inner":{"x":1.5,"ok":true},"counts":{"k":7}}
            {"id":2,"name":null,"price":null,"day":null,"at":null,"tags":[],"inner":null,"counts":{}}
            """;
    private static final String COLUMNS =
            "{ id: int64!, name: string, price: 'decimal(10,2)', day: date, at: timestamp, "
                    + "tags: list<string>, inner: 'struct<x:float64,ok:boolean>', counts: 'map<string,int64>' }";

    private final Servers servers;

    @TempDir
    private Path directory;

    RoundTripPipelinesTest(Servers servers) {
        this.servers = servers;
    }

    @ParameterizedTest
    @ValueSource(strings = {"avro", "protobuf", "json-schema"})
    void givesBackRowsWithDeclaredColumns(String format) throws Exception {
        String topic = servers.topic();
        write(topic, "type: " + format);

        assertThat(read(topic, "type: " + format, "columns: " + COLUMNS))
                .containsExactlyElementsOf(ROWS.lines().toList());
    }

    @ParameterizedTest
    @CsvSource({"avro, AVRO", "protobuf, PROTOBUF", "json-schema, JSON"})
    void registersTheSchemaUnderTheNameOfTheTopic(String format, RegisteredSchema.Kind kind) throws Exception {
        String topic = servers.topic();

        write(topic, "type: " + format);

        RegisteredSchema schema =
                new SchemaRegistry(Registries.settings(servers.registry().url())).version(topic + "-value", "latest");
        assertThat(schema.kind()).isEqualTo(kind);
        assertThat(servers.values(topic))
                .hasSize(2)
                .allSatisfy(value ->
                        assertThat(WireFormat.id(value, 0, value.length)).isEqualTo(schema.id()));
    }

    @ParameterizedTest
    @CsvSource({
        "avro, '\"price\":12.50,\"day\":\"2026-01-31\"'",
        "protobuf, '\"price\":\"12.50\",\"day\":\"2026-01-31\"'",
        "json-schema, '\"price\":12.5,\"day\":\"2026-01-31\"'"
    })
    void findsColumnsInTheSchemaOfTheSubjectAndInRecords(String format, String expected) throws Exception {
        String topic = servers.topic();
        write(topic, "type: " + format);

        List<String> bySubject = read(topic, "type: " + format + ", subject: " + topic + "-value", "");
        List<String> byRecords = read(topic, "type: " + format, "name: again");

        assertThat(bySubject).first().asString().contains(expected).contains("\"inner\":{\"x\":1.5,\"ok\":true}");
        assertThat(byRecords).isEqualTo(bySubject);
    }

    @ParameterizedTest
    @ValueSource(strings = {"avro", "protobuf", "json-schema"})
    void rejectsRecordsOfAnotherKindOfSchema(String format) throws Exception {
        String topic = servers.topic();
        write(topic, "type: " + (format.equals("avro") ? "protobuf" : "avro"));

        String errors = "errors: { policy: dead-letter, sink: { connector: files, path: ./bad, format: ndjson } }";
        assertThat(read(topic, "type: " + format, "columns: " + COLUMNS, errors))
                .isEmpty();
        assertThat(Pipelines.lines(directory.resolve("bad")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line)
                        .containsPattern("names schema \\d+, which is (AVRO|PROTOBUF), not (AVRO|PROTOBUF|JSON)"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"avro", "protobuf", "json-schema"})
    void passesTombstonesOnAsDeletes(String format) throws Exception {
        String topic = servers.topic();
        String copy = servers.topic();
        write(topic, "type: " + format);
        servers.send(topic, null);

        Pipelines.run(directory, """
                pipeline: copy
                checkpoint: { state: ./state-copy }
                source:
                  connector: kafka
                  %s
                  topics: %s
                  follow: false
                  metadata: [key]
                  format: { type: %s, registry: '%s' }
                  columns: { id: int64, name: string }
                sink:
                  connector: kafka
                  %s
                  topic: %s
                  mode: upsert
                  key: kafka_key
                  format: { type: %s, registry: '%s', without: [kafka_key] }
                """.formatted(
                        servers.broker(),
                        topic,
                        format,
                        servers.registry().url(),
                        servers.broker(),
                        copy,
                        format,
                        servers.registry().url()));

        assertThat(servers.values(copy)).hasSize(3);
        assertThat(servers.values(copy).get(2)).isNull();
    }

    private void write(String topic, String format) throws IOException, ExecutionException, InterruptedException {
        Path in = Files.createDirectories(directory.resolve("in"));
        Files.writeString(in.resolve("rows.ndjson"), ROWS, StandardCharsets.UTF_8);
        Pipelines.run(directory, """
                pipeline: write
                checkpoint: { state: ./state-write-%2$s }
                source:
                  connector: files
                  path: ./in
                  follow: false
                  format: ndjson
                  columns: %5$s
                transforms:
                  - compute: { kafka_key: 'string(id)' }
                sink:
                  connector: kafka
                  %1$s
                  topic: %2$s
                  key-column: kafka_key
                  format: { %3$s, registry: '%4$s', without: [kafka_key] }
                """.formatted(
                        servers.broker(), topic, format, servers.registry().url(), COLUMNS));
    }

    private List<String> read(String topic, String format, String... more) throws IOException {
        String source = more[0];
        String name = source.startsWith("name") ? "again" : "out";
        Pipelines.run(directory, """
                pipeline: read-%s
                checkpoint: { state: ./state-%s }
                source:
                  connector: kafka
                  %s
                  topics: %s
                  follow: false
                  format: { %s, registry: '%s' }
                  %s
                sink:
                  connector: files
                  path: ./%s
                  format: ndjson
                %s
                """.formatted(
                        name,
                        name,
                        servers.broker(),
                        topic,
                        format,
                        servers.registry().url(),
                        source,
                        name,
                        more.length > 1 ? more[1] : ""));
        return Pipelines.lines(directory.resolve(name));
    }
}
