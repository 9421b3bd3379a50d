package dev.penstock.connector.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.penstock.conformance.engine.KitContext;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Payload;
import dev.penstock.spi.Poll;
import dev.penstock.spi.ResumeLostException;
import dev.penstock.spi.ResumeState;
import dev.penstock.spi.Role;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the source makes of objects. */
@Timeout(120)
@ExtendWith(Service.Shared.class)
class SourceTest {
    private static final Duration WAIT = Duration.ofSeconds(5);

    @TempDir
    Path directory;

    private final Service service;

    SourceTest(Service service) {
        this.service = service;
    }

    /** What a run found, in the one shard there is. */
    private record Found(List<Row> rows, List<String> records, List<String> headers, int bad, ResumeState end) {}

    private Found run(String prefix, Map<String, Object> more, Optional<ResumeState> from, int most) {
        Map<String, Object> settings = service.settings(prefix, Map.of("shards", 1));
        settings.putAll(more);
        Source source = new S3Connector().source(Service.config(Role.SOURCE, settings));
        try (source) {
            source.open(new KitContext("tests", "source", 1, directory));
            Partition partition = source.discover(WAIT).partitions().get(0);
            try (SourcePartition reader = source.partition(partition, from)) {
                return read(reader, most);
            }
        }
    }

    private static Found read(SourcePartition reader, int most) {
        List<Row> rows = new ArrayList<>();
        List<String> records = new ArrayList<>();
        List<String> headers = new ArrayList<>();
        int bad = 0;
        while (true) {
            Poll poll = reader.poll(most, 1 << 20, WAIT);
            if (poll instanceof Poll.End end) {
                return new Found(rows, records, headers, bad, end.last());
            }
            if (poll instanceof Poll.Rows found) {
                bad += found.bad().size();
                rows.addAll(found.rows().toRows());
                if (found.rows().schema().find(Payload.COLUMN).isPresent()) {
                    BytesColumn column = (BytesColumn) found.rows().column(Payload.COLUMN);
                    for (int row = 0; row < column.size(); row++) {
                        records.add(column.string(row));
                    }
                }
                headers.addAll(found.rows().origin().attributes().values());
                if (most == 1 && records.size() == 2) {
                    return new Found(rows, records, headers, bad, found.after());
                }
            }
        }
    }

    private Found run(String prefix, Map<String, Object> more, Optional<ResumeState> from) {
        return run(prefix, more, from, 1000);
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void readsLinesOfPlainAndPackedObjectsInTheOrderOfTheirKeys() throws IOException {
        service.put("read/a.ndjson", "1\n2\n");
        service.put("read/b.ndjson.gz", packed("3\n4\n"));
        service.put("read/c-without-a-telling-name", packed("5"));
        service.put("read/.hidden/d", "no");
        service.put("read/e.log", "no");
        Found found = run("read/", Map.of("glob", List.of("**/*.{ndjson,ndjson.gz}", "c-*")), Optional.empty());
        assertThat(found.records()).containsExactly("1", "2", "3", "4", "5");
    }

    @Test
    void goesOnInsideAnObjectAndWithWhatIsNew() throws IOException {
        service.put("resume/a.gz", packed("1\n2\n3\n"));
        Found first = run("resume/", Map.of(), Optional.empty(), 1);
        assertThat(first.records()).containsExactly("1", "2");
        service.put("resume/0", "0\n");
        Found second = run("resume/", Map.of(), Optional.of(first.end()));
        assertThat(second.records()).containsExactly("3", "0");
        assertThat(run("resume/", Map.of(), Optional.of(second.end())).records())
                .isEmpty();
    }

    @Test
    void anObjectThatWasReplacedIsAnErrorUnlessItIsToBeReadAnew() {
        service.put("changed/a", "1\n2\n3\n");
        ResumeState middle = run("changed/", Map.of(), Optional.empty(), 1).end();
        service.put("changed/a", "4\n5\n");
        assertThat(catchThrowable(() -> run("changed/", Map.of(), Optional.of(middle))))
                .isInstanceOf(ResumeLostException.class)
                .hasMessageContaining("s3://tests/changed/a");
        assertThat(run("changed/", Map.of("when-changed", "restart"), Optional.of(middle))
                        .records())
                .containsExactly("4", "5");
    }

    @Test
    void anObjectThatIsGoneBeforeItsEndIsAnError() {
        service.put("gone/a", "1\n2\n3\n");
        service.put("gone/b", "4\n");
        ResumeState middle = run("gone/", Map.of(), Optional.empty(), 1).end();
        service.delete("gone/a");
        assertThat(catchThrowable(() -> run("gone/", Map.of(), Optional.of(middle))))
                .isInstanceOf(ResumeLostException.class);
    }

    @Test
    void rowsOfCsvComeWithTheHeaderAlsoAfterAResume() {
        service.put("table/a.csv", "id,name\n1,a\n2,\"b\nc\"\n3,d\n");
        Found first = run("table/", Map.of("framing", "csv"), Optional.empty(), 1);
        assertThat(first.records()).containsExactly("1,a", "2,\"b\nc\"");
        Found second = run("table/", Map.of("framing", "csv"), Optional.of(first.end()));
        assertThat(second.records()).containsExactly("3,d");
        assertThat(second.headers()).containsExactly("id,name");
    }

    @Test
    void documentsAreRowsThatChangeAndGo() {
        service.put("docs/a.md", "first");
        service.put("docs/b.md", "other");
        Map<String, Object> documents = Map.of("framing", "document");
        Found first = run("docs/", documents, Optional.empty());
        assertThat(first.rows())
                .map(row -> row.operation() + " " + row.get("path") + " " + row.get("text"))
                .containsExactly("READ a.md first", "READ b.md other");
        service.put("docs/a.md", "second");
        service.delete("docs/b.md");
        Found second = run("docs/", documents, Optional.of(first.end()));
        assertThat(second.rows())
                .map(row -> row.operation() + " " + row.get("path") + " " + row.get("text"))
                .containsExactly("DELETE b.md null", "UPDATE a.md second");
        assertThat(run("docs/", documents, Optional.of(second.end())).rows()).isEmpty();
    }

    @Test
    void anObjectThatCannotBeUnpackedIsBadAndItsNeighboursAreRead() throws IOException {
        byte[] whole = packed("1\n2\n");
        whole[whole.length - 5] ^= 1;
        service.put("damaged/a.gz", whole);
        service.put("damaged/b", "3\n");
        Found found = run("damaged/", Map.of(), Optional.empty());
        assertThat(found.bad()).isEqualTo(1);
        assertThat(found.records()).contains("3");
    }

    @Test
    void theNumberOfShardsCannotBeChanged() {
        service.put("shards/a", "1");
        Source source =
                new S3Connector().source(Service.config(Role.SOURCE, service.settings("shards/", Map.of("shards", 3))));
        try (source) {
            source.open(new KitContext("tests", "source", 1, directory));
            assertThat(source.discover(WAIT).partitions()).hasSize(3);
            Map<String, ResumeState> known = Map.of("shard-0-of-2", new ResumeState(1, new byte[0]));
            assertThat(catchThrowable(() -> source.restored(known)))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("shard-0-of-2");
        }
    }
}
