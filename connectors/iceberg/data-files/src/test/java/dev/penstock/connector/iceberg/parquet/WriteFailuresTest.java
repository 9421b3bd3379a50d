package dev.penstock.connector.iceberg.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.penstock.spi.DataException;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.DataType;
import dev.penstock.spi.data.Field;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.junit.jupiter.api.Test;

/** What cannot be written is refused with its reason, and leaves nothing behind. */
class WriteFailuresTest {
    private static final Schema COLUMNS =
            Schema.of(Field.required("id", DataType.INT64), Field.of("note", DataType.STRING));
    private static final Map<String, String> SMALL = Map.of("write.parquet.row-group-size-bytes", "1000");

    private static RecordBatch rows(int count) {
        BatchBuilder rows = new BatchBuilder(COLUMNS);
        for (int i = 0; i < count; i++) {
            rows.append((long) i, "note " + i);
        }
        return rows.build();
    }

    private static void write(org.apache.iceberg.Schema table, RecordBatch batch) {
        DataFileWriter writer = DataFileWriting.open(table, Map.of());
        try {
            writer.write(batch, DataFileWriting.all(batch), batch.rowCount());
        } finally {
            writer.abort();
        }
    }

    @Test
    void neverWritesAnUnchangedValueAsNull() {
        BatchBuilder builder = new BatchBuilder(COLUMNS);
        builder.append(1L, "first");
        builder.column(0).appendValue(2L);
        builder.column(1).appendUnchanged();
        builder.endRow();
        RecordBatch batch = builder.build();
        assertThatThrownBy(() -> write(DataFileWriting.table(COLUMNS), batch))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot write column 'note': a row keeps the value that it had before, which is not known"
                        + " here; have the source send whole rows (in PostgreSQL: REPLICA IDENTITY FULL)");
    }

    @Test
    void looksAtTheRowsChosenAlone() {
        BatchBuilder builder = new BatchBuilder(COLUMNS);
        builder.append(1L, "first");
        builder.column(0).appendValue(2L);
        builder.column(1).appendUnchanged();
        builder.endRow();
        DataFileWriter writer = DataFileWriting.open(DataFileWriting.table(COLUMNS), Map.of());
        writer.write(builder.build(), new int[] {0}, 1);
        assertThat(writer.close().recordCount()).isEqualTo(1);
    }

    @Test
    void refusesRowsWithoutARequiredValue() {
        Schema optional = Schema.of(Field.of("id", DataType.INT64), Field.of("note", DataType.STRING));
        RecordBatch batch = new BatchBuilder(optional).append(null, "x").build();
        assertThatThrownBy(() -> write(DataFileWriting.table(COLUMNS), batch))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot write column 'id': the table requires a value, and a row has none;"
                        + " make the column optional or fill it");
    }

    @Test
    void refusesColumnsThatTheTableLacks() {
        Schema more = Schema.of(Field.of("id", DataType.INT64), Field.of("other", DataType.STRING));
        RecordBatch batch = new BatchBuilder(more).append(1L, "x").build();
        assertThatThrownBy(() -> write(DataFileWriting.table(COLUMNS), batch))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot write column 'other': the table has no such column;"
                        + " add it to the table or leave it out of the rows");
    }

    @Test
    void refusesValuesOfAnotherType() {
        Schema other = Schema.of(Field.of("id", DataType.STRING));
        RecordBatch batch = new BatchBuilder(other).append("x").build();
        assertThatThrownBy(() -> write(DataFileWriting.table(COLUMNS), batch))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot write column 'id': the table holds long there, and rows have string;"
                        + " convert it before the sink");
    }

    @Test
    void refusesPropertiesThatCannotBe() {
        assertThatThrownBy(() -> DataFileWriting.open(
                        DataFileWriting.table(COLUMNS), Map.of("write.parquet.compression-codec", "lzo")))
                .hasMessage("Cannot write Parquet with 'lzo': the property 'write.parquet.compression-codec' of the"
                        + " table takes zstd, snappy, gzip or uncompressed; set it to one of those");
    }

    @Test
    void removesTheFileThatIsGivenUp() {
        String path = DataFileWriting.path();
        DataFileWriter writer = new ParquetDataFiles(DataFileWriting.STORE)
                .open(
                        DataFileWriting.STORE.newOutputFile(path),
                        DataFileWriting.target(DataFileWriting.table(COLUMNS), SMALL));
        RecordBatch batch = rows(5000);
        writer.write(batch, DataFileWriting.all(batch), batch.rowCount());
        assertThat(writer.bytesWritten()).isPositive();
        writer.abort();
        writer.abort();
        assertThat(DataFileWriting.STORE.fileExists(path)).isFalse();
    }

    @Test
    void holdsNoMoreThanARowGroupAndWhatEncodesIt() {
        DataFileWriter writer = DataFileWriting.open(
                DataFileWriting.table(COLUMNS), Map.of("write.parquet.row-group-size-bytes", "200000"));
        RecordBatch batch = rows(5000);
        long most = 0;
        for (int i = 0; i < 40; i++) {
            writer.write(batch, DataFileWriting.all(batch), batch.rowCount());
            most = Math.max(most, writer.bufferedBytes());
        }
        assertThat(most).isBetween(50_000L, 2_500_000L);
        assertThat(writer.rows()).isEqualTo(200_000);
        assertThat(writer.bytesWritten()).isPositive();
        assertThat(writer.close().recordCount()).isEqualTo(200_000);
        assertThat(writer.bufferedBytes()).isZero();
    }

    @Test
    void saysWhyTheStoreTookNoMore() {
        FullStore store = new FullStore();
        DataFileWriter writer = new ParquetDataFiles(store)
                .open(store.newOutputFile("full://x"), DataFileWriting.target(DataFileWriting.table(COLUMNS), SMALL));
        RecordBatch batch = rows(5000);
        assertThatThrownBy(() -> writer.write(batch, DataFileWriting.all(batch), batch.rowCount()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("Cannot write the data file 'full://x': No space left on device");
        writer.abort();
        assertThat(store.deleted).containsExactly("full://x");
        assertThat(store.closed).isTrue();
    }

    /** A store that takes a little, and then no more. */
    private static final class FullStore extends InMemoryFileIO {
        private static final long serialVersionUID = 1;

        private final List<String> deleted = new ArrayList<>();
        private boolean closed;

        @Override
        public void deleteFile(String path) {
            deleted.add(path);
        }

        @Override
        public OutputFile newOutputFile(String path) {
            return new OutputFile() {
                @Override
                public PositionOutputStream create() {
                    return stream();
                }

                @Override
                public PositionOutputStream createOrOverwrite() {
                    return stream();
                }

                @Override
                public String location() {
                    return path;
                }

                @Override
                public InputFile toInputFile() {
                    return newInputFile(path);
                }
            };
        }

        private PositionOutputStream stream() {
            return new PositionOutputStream() {
                private long written;

                @Override
                public long getPos() {
                    return written;
                }

                @Override
                public void write(int value) throws IOException {
                    if (++written > 100) {
                        throw new IOException("No space left on device");
                    }
                }

                @Override
                public void close() {
                    closed = true;
                }
            };
        }
    }
}
