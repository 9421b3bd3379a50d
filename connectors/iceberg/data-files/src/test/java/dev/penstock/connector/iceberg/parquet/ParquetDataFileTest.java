package dev.penstock.connector.iceberg.parquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.spi.data.RecordBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.parquet.ParquetUtil;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files hold the rows they were given, and are described as Iceberg's own writer describes its files. */
class ParquetDataFileTest {
    private static final int ROWS = 700;
    private static final Map<String, String> SMALL = Map.of(
            "write.parquet.page-size-bytes", "700",
            "write.parquet.page-row-limit", "97",
            "write.parquet.row-group-size-bytes", "40000",
            "write.parquet.dict-size-bytes", "600");

    private record Case(Schema table, List<RecordBatch> batches, List<Record> rows) {
        static Case of(long seed) {
            RandomRows random = new RandomRows(seed);
            dev.penstock.spi.data.Schema columns = random.schema(12);
            Schema table = DataFileWriting.table(columns);
            List<RecordBatch> batches =
                    List.of(random.batch(columns, ROWS), random.batch(columns, 1), random.batch(columns, ROWS));
            List<Record> rows = new ArrayList<>();
            batches.forEach(batch -> rows.addAll(GenericRows.of(table, batch)));
            return new Case(table, batches, rows);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void holdsTheRowsItWasGiven(long seed) throws IOException {
        Case given = Case.of(seed);
        for (Map<String, String> properties : List.of(Map.<String, String>of(), SMALL)) {
            DataFile file = DataFileWriting.write(given.table(), properties, given.batches());
            assertThat(GenericRows.read(given.table(), DataFileWriting.file(file)))
                    .isEqualTo(given.rows());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void describesItselfAsIcebergsOwnWriterDoes(long seed) throws IOException {
        Case given = Case.of(seed);
        for (String mode : List.of("truncate(16)", "full", "counts", "none")) {
            Map<String, String> properties = Map.of("write.metadata.metrics.default", mode);
            DataFile ours = DataFileWriting.write(given.table(), properties, given.batches());
            DataFile theirs = DataFileWriting.generic(given.table(), properties, given.rows());
            assertThat(ours.recordCount()).isEqualTo(theirs.recordCount());
            assertThat(ours.valueCounts()).isEqualTo(theirs.valueCounts());
            assertThat(ours.nullValueCounts()).isEqualTo(theirs.nullValueCounts());
            assertThat(ours.nanValueCounts()).isEqualTo(theirs.nanValueCounts());
            assertThat(ours.lowerBounds()).isEqualTo(theirs.lowerBounds());
            assertThat(ours.upperBounds()).isEqualTo(theirs.upperBounds());
            assertThat(ours.columnSizes().keySet())
                    .isEqualTo(theirs.columnSizes().keySet());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void saysTheSizesAndSplitsThatTheFileHas(long seed) {
        Case given = Case.of(seed);
        DataFile file = DataFileWriting.write(given.table(), SMALL, given.batches());
        assertThat(file.fileSizeInBytes()).isEqualTo(DataFileWriting.file(file).getLength());
        assertThat(file.splitOffsets()).hasSizeGreaterThan(1).isSorted();
        assertThat(file.columnSizes())
                .isEqualTo(ParquetUtil.fileMetrics(DataFileWriting.file(file), MetricsConfig.getDefault())
                        .columnSizes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1", "v2"})
    void holdsTheRowsInPagesOfEachVersion(String version) throws IOException {
        Case given = Case.of(41);
        DataFile file =
                DataFileWriting.write(given.table(), Map.of("write.parquet.page-version", version), given.batches());
        assertThat(GenericRows.read(given.table(), DataFileWriting.file(file))).isEqualTo(given.rows());
    }
}
