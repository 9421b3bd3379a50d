package dev.penstock.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.connector.iceberg.conformance.TestTable;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables with partitions: which files rows go to, and how many are open. */
class PartitionTest {
    private static final Schema SCHEMA = Schema.of(
            Field.required("id", DataType.INT64),
            Field.of("name", DataType.STRING),
            Field.of("at", DataType.TIMESTAMP),
            Field.of("price", DataType.decimal(10, 2)));

    private static final Instant START = Instant.parse("2026-11-21T22:30:00Z");
    private static final int ROWS = 40;

    @TempDir
    private Path warehouse;

    private TestTable table() {
        return new TestTable(warehouse, TableIdentifier.of("shop", "orders"));
    }

    private TestSink sink(Map<String, Object> settings) {
        return TestSink.start(warehouse, settings, SCHEMA, 1, -1);
    }

    /** A row each hour; every tenth has nothing but its id. */
    private static RecordBatch rows(int from, int to) {
        BatchBuilder batch = new BatchBuilder(SCHEMA);
        for (int i = from; i < to; i++) {
            if (i % 10 == 0) {
                batch.append((long) i, null, null, null);
            } else {
                batch.append(
                        (long) i, "customer " + i % 7, START.plusSeconds(3600L * i), BigDecimal.valueOf(i * 25L, 2));
            }
        }
        return batch.build();
    }

    private static List<Long> ids() {
        List<Long> ids = new ArrayList<>();
        for (long id = 0; id < ROWS; id++) {
            ids.add(id);
        }
        return ids;
    }

    /** A file whose partition is wrong would be left out of a scan for rows that are in it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    name                  | 8
                    truncate(3, name)     | 2
                    bucket(4, id)         | 4
                    bucket(4, name)       | 5
                    bucket(4, price)      | 5
                    truncate(20, id)      | 2
                    year(at)              | 2
                    month(at)             | 3
                    day(at)               | 11
                    hour(at)              | 37
                    """)
    void findsEveryRowByItsPartition(String partitioning, int most) {
        Map<String, Object> settings =
                Map.of("partition-by", List.of(partitioning), "max-open-files", "1000", "write-buffer", "1GiB");
        try (TestSink sink = sink(settings)) {
            sink.commit(sink.prepared(rows(0, 25), rows(25, ROWS)));
        }
        assertThat(table().ids()).isEqualTo(ids());
        assertThat(table().dataFiles().orElseThrow()).hasSizeBetween(2, most);
        for (int i = 1; i < ROWS; i += 13) {
            long id = i;
            if (i % 10 != 0) {
                assertThat(table().ids(Expressions.and(
                                Expressions.equal("name", "customer " + i % 7),
                                Expressions.equal("id", id),
                                Expressions.equal(
                                        "at", START.plusSeconds(3600L * i).toString()))))
                        .containsExactly(id);
            }
        }
        assertThat(table().ids(Expressions.isNull("name"))).hasSize(ROWS / 10);
    }

    @Test
    void endsTheFileThatGotNoRowForLongestWhereTooManyAreOpen() {
        Map<String, Object> settings = Map.of("partition-by", List.of("hour(at)"), "max-open-files", "2");
        try (TestSink sink = sink(settings)) {
            sink.commit(sink.prepared(rows(0, ROWS)));
        }
        assertThat(table().ids()).isEqualTo(ids());
        assertThat(table().dataFiles().orElseThrow()).hasSize(37);
    }

    @Test
    void beginsAnotherFileWhereOneIsFull() {
        try (TestSink sink = sink(Map.of("target-file-size", "100B"))) {
            sink.commit(sink.prepared(rows(0, 20), rows(20, ROWS)));
        }
        assertThat(table().ids()).isEqualTo(ids());
        assertThat(table().dataFiles().orElseThrow()).hasSize(2);
    }

    @Test
    void refusesPartitionsThatDoNotFitTheColumns() {
        assertThatThrownBy(() -> sink(Map.of("partition-by", List.of("day(name)"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("[day(name)] does not fit: ");
        assertThatThrownBy(() -> sink(Map.of("partition-by", List.of("week(at)"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'week(at)' is none of: ");
    }
}
