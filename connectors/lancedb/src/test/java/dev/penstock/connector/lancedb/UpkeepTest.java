package dev.penstock.connector.lancedb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.WriteMode;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.lance.Dataset;
import org.lance.ipc.FullTextQuery;
import org.lance.ipc.ScanOptions;

final class UpkeepTest {
    private static final Schema SCHEMA = Schema.of(
            Field.required("id", DataType.INT64),
            Field.of("text", DataType.STRING),
            Field.of("vector", DataType.vector(4)));

    @TempDir
    Path directory;

    private static RecordBatch rows(long from, int count) {
        BatchBuilder builder = new BatchBuilder(SCHEMA);
        for (long id = from; id < from + count; id++) {
            builder.append(id, "word" + id + " common", new float[] {id, 1, -id, id % 7});
        }
        return builder.build();
    }

    @Test
    void mergesSmallFragmentsAndCleansOldVersionsAway() {
        try (Incarnation run = Incarnation.in(directory, SCHEMA)
                .mode(WriteMode.upsert(List.of("id")))
                .set("compact-fragments", 4)
                .set("keep-versions", "0s")
                .start()) {
            for (int epoch = 1; epoch <= 9; epoch++) {
                run.write(epoch, rows(epoch * 10L, 20));
            }
        }
        assertThat(TableReading.<Integer>with(
                        directory, dataset -> dataset.getFragments().size()))
                .isLessThan(5);
        assertThat(TableReading.<Integer>with(
                        directory, dataset -> dataset.listVersions().size()))
                .isLessThan(10);
        assertThat(TableReading.rows(directory))
                .extracting(row -> row.get("id"))
                .hasSize(100)
                .doesNotHaveDuplicates();
    }

    @Test
    void makesTheIndexesThatAreAskedForAndThoseThatPay() {
        try (Incarnation run = Incarnation.in(directory, SCHEMA)
                .mode(WriteMode.upsert(List.of("id")))
                .set("full-text-index", "text")
                .set("scalar-index", "text")
                .set("vector-index-rows", 300)
                .start()) {
            run.write(1, rows(0, 200));
            assertThat(TableReading.<List<String>>with(directory, Dataset::listIndexes))
                    .containsExactlyInAnyOrder("text_idx", "text_words_idx");
            run.write(2, rows(200, 200));
        }
        assertThat(TableReading.<List<String>>with(directory, Dataset::listIndexes))
                .containsExactlyInAnyOrder("text_idx", "text_words_idx", "id_idx", "vector_idx");
        assertThat(TableReading.<Long>with(directory, UpkeepTest::rowsWithWord399))
                .isEqualTo(1);
    }

    private static long rowsWithWord399(Dataset dataset) {
        long rows = 0;
        ScanOptions options = new ScanOptions.Builder()
                .fullTextQuery(FullTextQuery.match("word399", "text"))
                .columns(List.of("id", "_score"))
                .build();
        try (ArrowRows found = ArrowRows.scan(dataset, options)) {
            while (found.next()) {
                rows += found.root().getRowCount();
            }
        }
        return rows;
    }

    @Test
    void findsRowsAgainThatWereAddedAfterAnIndexedTableHadBeenEmptied() {
        try (Incarnation run = Incarnation.in(directory, SCHEMA)
                .mode(WriteMode.upsert(List.of("id")))
                .set("scalar-index", "id")
                .start()) {
            run.write(1, rows(0, 5));
            BatchBuilder deletes = new BatchBuilder(SCHEMA);
            rows(0, 5).toRows().forEach(row -> deletes.append(row.with(dev.penstock.spi.data.Operation.DELETE)));
            run.write(2, deletes.build());
            assertThat(TableReading.rows(directory)).isEmpty();
            run.write(3, rows(100, 5));
        }
        assertThat(TableReading.<Long>with(directory, dataset -> dataset.countRows("id = 102")))
                .isEqualTo(1);
        assertThat(TableReading.<Long>with(directory, dataset -> dataset.countRows("id < 100")))
                .isZero();
    }
}
