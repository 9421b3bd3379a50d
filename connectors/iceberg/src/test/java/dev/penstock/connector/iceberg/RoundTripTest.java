package dev.penstock.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.conformance.TypeMatrix;
import dev.penstock.connector.iceberg.conformance.GenericRecords;
import dev.penstock.connector.iceberg.schema.RowTypes;
import dev.penstock.connector.iceberg.schema.TypeMapping;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Row;
import dev.penstock.spi.data.Schema;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sink wrote is what the source reads, in every type that tables have. */
class RoundTripTest {
    @TempDir
    Path warehouse;

    @Test
    void readsWhatTheSinkWrote() {
        Schema written = TypeMatrix.schema(type -> true);
        List<Row> rows = TypeMatrix.rows(written);
        BatchBuilder batch = new BatchBuilder(written);
        rows.forEach(batch::append);
        Map<String, Object> newest = Map.of("table-properties", Map.of("format-version", "3"));
        try (TestSink sink = TestSink.start(warehouse, newest, written, 1, -1)) {
            sink.commit(sink.prepared(batch.build()));
        }
        Schema read = RowTypes.columns(new TypeMapping().table(written));
        List<Row> expected = GenericRecords.as(read, rows);
        List<Row> found = new TestSource(warehouse, Map.of()).read();
        assertThat(found.stream()
                        .sorted(Comparator.comparing(row -> String.valueOf(row.get(TypeMatrix.KEY))))
                        .toList())
                .isEqualTo(expected);
    }
}
