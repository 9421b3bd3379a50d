package dev.penstock.connector.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.conformance.engine.KitContext;
import dev.penstock.spi.EpochId;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.Role;
import dev.penstock.spi.Sink;
import dev.penstock.spi.SinkCommitter;
import dev.penstock.spi.SinkCommitter.Outcome;
import dev.penstock.spi.SinkWriter;
import dev.penstock.spi.WriterSlot;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the sink makes of rows. */
@Timeout(120)
@ExtendWith(Service.Shared.class)
class SinkTest {
    private static final Schema LINES = Schema.of(Payload.FIELD);
    private static final Schema DIVIDED = Schema.of(Payload.FIELD, Field.of("directory", DataType.STRING));
    private static final EpochId FIRST = new EpochId("run-1", 1);
    private static final WriterSlot SLOT = new WriterSlot("tests/sink", "run-1", 0, 1, -1);

    @TempDir
    Path directory;

    private final Service service;

    SinkTest(Service service) {
        this.service = service;
    }

    private static Bytes bytes(String text) {
        return Bytes.copyOf(text.getBytes(UTF_8));
    }

    private static RecordBatch lines(String... lines) {
        BatchBuilder batch = new BatchBuilder(LINES);
        for (String line : lines) {
            batch.append(bytes(line));
        }
        return batch.build();
    }

    /** Writes one epoch and commits it; gives the keys. */
    private List<String> write(String prefix, Map<String, Object> more, RecordBatch... batches) {
        Sink sink = new S3Connector().sink(Service.config(Role.SINK, service.settings(prefix, more)));
        try (sink) {
            sink.open(new KitContext("tests", "sink", 1, directory));
            try (SinkWriter writer = sink.writer(SLOT, List.of());
                    SinkCommitter committer = sink.committer("tests/sink", "run-1")) {
                committer.claim();
                writer.begin(FIRST);
                for (RecordBatch batch : batches) {
                    assertThat(writer.write(batch).rejected()).isEmpty();
                }
                Optional<Prepared> prepared = writer.prepare();
                assertThat(service.keys(prefix)).isEmpty();
                List<Prepared> handles = prepared.stream().toList();
                assertThat(committer.commit(FIRST, handles))
                        .containsOnlyKeys(handles)
                        .containsValue(Outcome.COMMITTED);
            }
        }
        return service.keys(prefix);
    }

    @Test
    void anObjectHasTheLinesOfAnEpoch() {
        List<String> keys = write("lines/", Map.of("extension", "ndjson"), lines("a", "b"), lines("c"));
        assertThat(keys)
                .singleElement()
                .asString()
                .startsWith("lines/part-0000000001-0-000000-")
                .endsWith(".ndjson");
        assertThat(service.text(keys.get(0))).isEqualTo("a\nb\nc\n");
    }

    @Test
    void anObjectOfSeveralPartsIsWhole() {
        String line = "x".repeat(1 << 20);
        RecordBatch batch = lines(line, line, line, line, line, line);
        List<String> keys = write("large/", Map.of("part-size", "5MiB"), batch, batch, batch);
        assertThat(service.text(keys.get(0)).lines()).hasSize(18).containsOnly(line);
    }

    @Test
    void packedObjectsCanBeUnpackedByAnybody() throws IOException {
        String key =
                write("packed/", Map.of("extension", "txt.gz"), lines("a", "b")).get(0);
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(service.bytes(key)))) {
            assertThat(in.readAllBytes()).asString(UTF_8).isEqualTo("a\nb\n");
        }
    }

    @Test
    void anObjectIsBegunWhenOneIsLargeEnough() {
        assertThat(write("rolled/", Map.of("roll-size", 4), lines("one", "two", "three")))
                .map(service::text)
                .containsExactly("one\n", "two\n", "three\n");
    }

    @Test
    void aColumnDividesRowsAmongDirectories() {
        BatchBuilder batch = new BatchBuilder(DIVIDED);
        batch.append(bytes("a"), "day=1/region=eu");
        batch.append(bytes("b"), "day=2");
        batch.append(bytes("c"), "day=1/region=eu/");
        List<String> keys = write("divided/", Map.of("partition-column", "directory"), batch.build());
        assertThat(keys).hasSize(2);
        assertThat(keys.get(0)).startsWith("divided/day=1/region=eu/part-");
        assertThat(service.text(keys.get(0))).isEqualTo("a\nc\n");
        assertThat(keys.get(1)).startsWith("divided/day=2/part-");
    }

    @Test
    void openObjectsNeverTakeMoreMemoryThanAllowed() {
        BatchBuilder batch = new BatchBuilder(DIVIDED);
        for (int row = 0; row < 40; row++) {
            batch.append(bytes("x".repeat(1000)), "shelf=" + row % 20);
        }
        List<String> keys =
                write("small/", Map.of("partition-column", "directory", "buffer-size", "5KiB"), batch.build());
        assertThat(keys).hasSizeGreaterThan(20);
        assertThat(keys.stream()
                        .mapToLong(key -> service.text(key).lines().count())
                        .sum())
                .isEqualTo(40);
    }

    @Test
    void rowsWithoutAUsableDirectoryAreRejected() {
        Sink sink = new S3Connector()
                .sink(Service.config(Role.SINK, service.settings("bad/", Map.of("partition-column", "directory"))));
        try (sink) {
            sink.open(new KitContext("tests", "sink", 1, directory));
            try (SinkWriter writer = sink.writer(SLOT, List.of())) {
                writer.begin(FIRST);
                BatchBuilder batch = new BatchBuilder(DIVIDED);
                List.of("good", "", "/a", "a//b", ".hidden", "a/../b", "a\nb")
                        .forEach(name -> batch.append(bytes("row"), name));
                assertThat(writer.write(batch.build()).rejected()).hasSize(6);
            }
        }
    }

    @Test
    void csvObjectsBeginWithTheirHeader() {
        Field record = Payload.FIELD.with(Payload.HEADER, "id,name");
        BatchBuilder batch = new BatchBuilder(Schema.of(record));
        batch.append(bytes("1,a"));
        List<String> keys = write("csv/", Map.of("framing", "csv"), batch.build());
        assertThat(service.text(keys.get(0))).isEqualTo("id,name\n1,a\n");
    }
}
