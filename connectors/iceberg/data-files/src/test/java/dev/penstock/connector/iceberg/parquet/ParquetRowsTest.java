package dev.penstock.connector.iceberg.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.connector.iceberg.reading.FileColumns;
import dev.penstock.connector.iceberg.reading.ParquetRows;
import dev.penstock.spi.DataException;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Row;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of this writer and of Iceberg's generic one are read as they were written. */
class ParquetRowsTest {
    private static final int ROWS = 700;
    private static final Map<String, String> SMALL = Map.of(
            "write.parquet.page-size-bytes", "700",
            "write.parquet.page-row-limit", "97",
            "write.parquet.row-group-size-bytes", "40000",
            "write.parquet.dict-size-bytes", "600");

    private record Case(Schema table, RecordBatch batch, List<Record> rows) {
        static Case of(long seed) {
            RandomRows random = new RandomRows(seed);
            dev.penstock.spi.data.Schema columns = random.schema(12);
            Schema table = DataFileWriting.table(columns);
            RecordBatch batch = random.batch(columns, ROWS);
            return new Case(table, batch, GenericRows.of(table, batch));
        }
    }

    private static List<Record> read(Schema table, DataFile file, int maxRows) {
        List<Record> rows = new ArrayList<>();
        try (ParquetRows reader = ParquetRows.open(DataFileWriting.file(file), FileColumns.of(table))) {
            for (Optional<RecordBatch> next = reader.read(maxRows); next.isPresent(); next = reader.read(maxRows)) {
                rows.addAll(GenericRows.of(table, next.get()));
                assertThat(reader.position()).isEqualTo(rows.size());
            }
            assertThat(reader.rowCount()).isEqualTo(rows.size());
        }
        return rows;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void readsWhatThisWriterWrote(long seed) {
        Case given = Case.of(seed);
        for (Map<String, String> properties :
                List.of(Map.<String, String>of(), SMALL, Map.of("write.parquet.page-version", "v2"))) {
            DataFile file = DataFileWriting.write(given.table(), properties, List.of(given.batch()));
            assertThat(read(given.table(), file, 1 + (int) seed * 37)).isEqualTo(given.rows());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void readsWhatIcebergsOwnWriterWrote(long seed) throws IOException {
        Case given = Case.of(seed);
        for (Map<String, String> properties : List.of(
                Map.<String, String>of(),
                SMALL,
                Map.of("write.parquet.page-version", "v2", "write.parquet.dict-size-bytes", "1"))) {
            DataFile file = DataFileWriting.generic(given.table(), properties, given.rows());
            assertThat(read(given.table(), file, 1 + (int) seed * 37)).isEqualTo(given.rows());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"zstd", "snappy", "gzip", "uncompressed"})
    void unpacksEachCodec(String codec) throws IOException {
        Case given = Case.of(21);
        DataFile file =
                DataFileWriting.generic(given.table(), Map.of("write.parquet.compression-codec", codec), given.rows());
        assertThat(read(given.table(), file, ROWS)).isEqualTo(given.rows());
    }

    @Test
    void goesOnAtEveryRow() {
        Case given = Case.of(22);
        List<RecordBatch> batches = List.of(given.batch(), given.batch(), given.batch(), given.batch());
        DataFile file = DataFileWriting.write(given.table(), SMALL, batches);
        assertThat(file.splitOffsets()).hasSizeGreaterThan(2);
        for (int from = 0; from <= 4 * ROWS; from += 100) {
            try (ParquetRows reader = ParquetRows.open(DataFileWriting.file(file), FileColumns.of(given.table()))) {
                reader.skipTo(from);
                Optional<Record> next = reader.read(1)
                        .map(batch -> GenericRows.of(given.table(), batch).get(0));
                assertThat(next)
                        .isEqualTo(
                                from == 4 * ROWS
                                        ? Optional.empty()
                                        : Optional.of(given.rows().get(from % ROWS)));
            }
        }
    }

    @Test
    void givesTheColumnsThatWereAskedFor() {
        Case given = Case.of(23);
        DataFile file = DataFileWriting.write(given.table(), Map.of(), List.of(given.batch()));
        Schema some = new Schema(
                given.table().columns().get(7), given.table().columns().get(2));
        assertThat(read(some, file, ROWS))
                .isEqualTo(GenericRows.of(some, given.batch().project(7, 2)));
    }

    @Test
    void saysWhichFileIsDamaged() throws IOException {
        Case given = Case.of(24);
        DataFile file = DataFileWriting.write(given.table(), Map.of(), List.of(given.batch()));
        byte[] bytes = DataFileWriting.file(file).newStream().readAllBytes();
        for (int at = 100; at < bytes.length / 2; at++) {
            bytes[at] ^= 0x55;
        }
        OutputFile damaged = DataFileWriting.STORE.newOutputFile(DataFileWriting.path());
        try (PositionOutputStream out = damaged.create()) {
            out.write(bytes);
        }
        assertThatThrownBy(() -> {
                    try (ParquetRows reader = ParquetRows.open(damaged.toInputFile(), FileColumns.of(given.table()))) {
                        List<Row> rows = reader.read(ROWS).orElseThrow().toRows();
                        throw new AssertionError("read " + rows.size());
                    }
                })
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("Cannot read '" + damaged.location() + "': ")
                .hasMessageEndingWith("; restore the file, or take it out of the table");
    }

    @Test
    void saysWhatIsNoParquetFile() throws IOException {
        OutputFile other = DataFileWriting.STORE.newOutputFile(DataFileWriting.path());
        try (PositionOutputStream out = other.create()) {
            out.write("a line of text that is long enough\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        assertThatThrownBy(() -> ParquetRows.open(
                        other.toInputFile(), FileColumns.of(Case.of(1).table())))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("is not a Parquet file");
    }
}
