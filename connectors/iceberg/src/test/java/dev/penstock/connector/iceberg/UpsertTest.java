package dev.penstock.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.connector.iceberg.conformance.TestTable;
import dev.penstock.spi.Prepared;
import dev.penstock.spi.SinkCommitter.Outcome;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes by key, read back by Iceberg's generic reader. */
class UpsertTest {
    static final Schema SCHEMA = Schema.of(
            Field.required("id", DataType.INT64),
            Field.of("status", DataType.STRING),
            Field.of("amount", DataType.INT32));

    private static final int KEYS = 200;
    private static final int EPOCHS = 6;

    @TempDir
    private Path warehouse;

    private final SortedMap<Long, String> expected = new TreeMap<>();

    private TestSink.Setup setup(Map<String, Object> settings) {
        return new TestSink.Setup(warehouse, settings, SCHEMA, WriteMode.upsert(List.of("id")));
    }

    private TestSink sink(Map<String, Object> settings) {
        return setup(settings).start(1, -1);
    }

    private SortedMap<Long, String> found() {
        SortedMap<Long, String> rows = new TreeMap<>();
        List<Long> ids = new ArrayList<>();
        new TestTable(warehouse, TableIdentifier.of("shop", "orders")).read(row -> {
            ids.add((Long) row.getField("id"));
            rows.put((Long) row.getField("id"), row.getField("status") + " " + row.getField("amount"));
        });
        assertThat(ids).doesNotHaveDuplicates();
        return rows;
    }

    private static Row row(Operation operation, long id, String status, int amount) {
        return Row.of(SCHEMA, id, status, amount).with(operation);
    }

    private static Row deleted(long id) {
        return Row.of(SCHEMA, id, null, null).with(Operation.DELETE);
    }

    static RecordBatch batch(Row... rows) {
        BatchBuilder batch = new BatchBuilder(SCHEMA);
        for (Row row : rows) {
            batch.append(row);
        }
        return batch.build();
    }

    /** Random changes, which are made in {@link #expected} too. */
    private RecordBatch changes(Random random, int count) {
        Row[] rows = new Row[count];
        for (int i = 0; i < count; i++) {
            long id = random.nextInt(KEYS);
            int amount = random.nextInt(1000);
            String status = "status " + amount % 5;
            if (random.nextInt(5) == 0) {
                rows[i] = deleted(id);
                expected.remove(id);
            } else {
                rows[i] = row(expected.containsKey(id) ? Operation.UPDATE : Operation.INSERT, id, status, amount);
                expected.put(id, status + " " + amount);
            }
        }
        return batch(rows);
    }

    private List<Prepared> epoch(TestSink sink, Random random) {
        return sink.prepared(changes(random, 150), changes(random, 1), changes(random, 150));
    }

    @Test
    void insertsUpdatesAndDeletes() {
        try (TestSink sink = sink(Map.of())) {
            sink.commit(sink.prepared(batch(row(Operation.INSERT, 1, "new", 10), row(Operation.READ, 2, "new", 20))));
            sink.commit(sink.prepared(batch(row(Operation.UPDATE, 1, "paid", 11), deleted(2), deleted(3))));
        }
        assertThat(found()).containsExactly(Map.entry(1L, "paid 11"));
    }

    /** Partitioned by the key, by what changes, and not; segments of some tens of rows, and of whole epochs. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                             | 8KiB
                                             | 24KiB
                    bucket(4, id)            | 64MiB
                    bucket(4, id)            | 24KiB
                    status                   | 64MiB
                    status; bucket(2, id)    | 24KiB
                    """)
    void holdsTheLastRowOfEveryKey(@Nullable String partitions, String buffer) {
        List<String> partitionBy = partitions == null ? List.of() : List.of(partitions.split("; "));
        Map<String, Object> settings = Map.of("partition-by", partitionBy, "write-buffer", buffer);
        Random random = new Random(buffer.length() + partitionBy.hashCode());
        try (TestSink sink = sink(settings)) {
            for (int i = 0; i < EPOCHS; i++) {
                assertThat(sink.commit(epoch(sink, random))).isEqualTo(Outcome.COMMITTED);
                assertThat(found()).isEqualTo(expected);
            }
        }
    }

    @Test
    void commitsChangesOfSeveralEpochsInTheirOrderAtOnce() {
        Random random = new Random(7);
        try (TestSink sink = sink(Map.of())) {
            List<Prepared> handles = new ArrayList<>();
            for (int i = 0; i < EPOCHS; i++) {
                handles.addAll(epoch(sink, random));
            }
            assertThat(found()).isEmpty();
            assertThat(sink.commit(handles)).isEqualTo(Outcome.COMMITTED);
        }
        assertThat(found()).isEqualTo(expected);
    }
}
