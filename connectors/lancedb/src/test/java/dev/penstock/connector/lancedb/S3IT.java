package dev.penstock.connector.lancedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.conformance.engine.KitContext;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.Partition;
import dev.penstock.spi.Poll;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.Search;
import dev.penstock.spi.SinkCommitter.Outcome;
import dev.penstock.spi.Source;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.config.ConfigSpec;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Writes, reads and searches a table on an S3 service. */
final class S3IT {
    private static final Schema SCHEMA =
            Schema.of(Field.required("id", DataType.INT64), Field.of("vector", DataType.vector(2)));

    @TempDir
    static Path directory;

    private static S3Service service;

    @BeforeAll
    static void start() throws Exception {
        service = S3Service.start(directory);
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static RecordBatch rows(long from, long to, float x) {
        BatchBuilder builder = new BatchBuilder(SCHEMA);
        for (long id = from; id < to; id++) {
            builder.append(id, new float[] {x, id});
        }
        return builder.build();
    }

    private static Incarnation.Builder upsert(String table, String run, long generation) {
        Incarnation.Builder builder = Incarnation.in(directory, SCHEMA)
                .mode(WriteMode.upsert(List.of("id")))
                .run(run, generation);
        service.settings().forEach(builder::set);
        return builder.set("table", table);
    }

    private static Map<String, Object> settings(String table) {
        Map<String, Object> settings = service.settings();
        settings.put("table", table);
        return settings;
    }

    private static List<Row> read(String table) {
        ConfigSpec.Parsed parsed = SourceSettings.spec().parse(settings(table));
        List<Row> rows = new ArrayList<>();
        try (Source source = new LanceConnector().source(parsed.orThrow())) {
            source.open(new KitContext("pipeline", "lancedb", 1, directory));
            for (Partition partition : source.discover(Duration.ZERO).partitions()) {
                try (SourcePartition reader = source.partition(partition, Optional.empty())) {
                    while (reader.poll(100, Long.MAX_VALUE, Duration.ZERO) instanceof Poll.Rows found) {
                        rows.addAll(found.rows().toRows());
                    }
                }
            }
        }
        return rows;
    }

    private static List<String> staged(String table) throws Exception {
        Path root = directory.resolve("buckets/lake/warehouse/_penstock").resolve(table);
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> found = Files.walk(root)) {
            return found.filter(Files::isRegularFile).map(Path::toString).toList();
        }
    }

    @Test
    void writesReadsAndSearches() throws Exception {
        try (Incarnation run = upsert("docs", "run1", 1).start()) {
            run.write(1, rows(0, 5, 1));
            run.write(2, rows(3, 8, 2));
        }
        assertThat(read("docs")).hasSize(8).extracting(row -> row.get("id")).doesNotHaveDuplicates();
        assertThat(staged("docs")).isEmpty();
        try (Search search = new LanceConnector().search(Incarnation.config(settings("docs")))) {
            search.open(new KitContext("pipeline", "lancedb", 1, directory));
            RecordBatch found =
                    search.nearest(new Search.Request("vector", new float[] {2, 7}, 2, Optional.of("id > 5")));
            assertThat(found.toRows()).extracting(row -> row.get("id")).containsExactly(7L, 6L);
        }
    }

    @Test
    void commitsHandlesOfADeadIncarnationAndThrowsItsStraysAway() throws Exception {
        Incarnation dead = upsert("recovered", "run1", 1).start();
        List<Prepared> sealed = dead.prepare(1, rows(0, 3, 1));
        dead.prepare(2, rows(3, 6, 1));
        try (Incarnation next = upsert("recovered", "run2", 2).restored(1).start()) {
            assertThat(next.commit(sealed).values()).containsExactly(Outcome.COMMITTED);
            assertThat(next.commit(sealed).values()).containsExactly(Outcome.ALREADY_COMMITTED);
            next.write(2, rows(3, 4, 9));
        }
        assertThat(read("recovered")).hasSize(4);
        assertThat(staged("recovered")).isEmpty();
        dead.close();
    }

    @Test
    void saysThatTheKeyIsWrongWithoutTellingTheSecret() {
        assertThatThrownBy(() ->
                        upsert("refused", "run1", 1).set("secret-key", "canary").start())
                .isInstanceOf(FatalException.class)
                .hasMessageNotContaining("canary");
    }
}
