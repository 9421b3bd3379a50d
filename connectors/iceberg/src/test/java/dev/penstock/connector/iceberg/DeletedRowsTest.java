package dev.penstock.connector.iceberg;

import static org.assertj.core.api.Assertions.assertThat;

import dev.penstock.connector.iceberg.conformance.TestTable;
import dev.penstock.spi.data.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that delete files take away do not show, whatever kind of delete file it is. */
class DeletedRowsTest {
    private static final Schema COLUMNS = new Schema(
            NestedField.required(1, "id", Types.LongType.get()),
            NestedField.optional(2, "name", Types.StringType.get()));

    @TempDir
    Path warehouse;

    private TestTable table(int version) {
        TestTable table = new TestTable(warehouse, TableIdentifier.of("shop", "orders"));
        table.create(COLUMNS, PartitionSpec.unpartitioned(), Map.of("format-version", String.valueOf(version)));
        return table;
    }

    private static DataFile rows(Table table, long from, long to) {
        List<Record> rows = new ArrayList<>();
        for (long id = from; id < to; id++) {
            rows.add(row(id, id % 4 == 0 ? null : "n" + id % 4));
        }
        DataFile file =
                TestTable.written(table, rows, TestDeletes.newFile(table).location());
        table.newFastAppend().appendFile(file).commit();
        return file;
    }

    private static Record row(long id, @Nullable String name) {
        GenericRecord row = GenericRecord.create(COLUMNS);
        row.setField("id", id);
        row.setField("name", name);
        return row;
    }

    private static void delete(Table table, DeleteFile file) {
        table.newRowDelta().addDeletes(file).commit();
    }

    private static List<DeleteFile> vector(Table table, DataFile file, List<Long> places) {
        OutputFileFactory names = OutputFileFactory.builderFor(table, 1, 1)
                .format(FileFormat.PUFFIN)
                .build();
        try {
            BaseDVFileWriter writer = new BaseDVFileWriter(names, path -> null);
            try (writer) {
                places.forEach(row -> writer.delete(file.location(), row, table.spec(), null));
            }
            return writer.result().deleteFiles();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<Long> ids(Map<String, Object> settings) {
        List<Row> rows = new TestSource(warehouse, settings).read();
        return rows.stream()
                .map(row -> row.get("id") == null ? -1L : (Long) row.get("id"))
                .sorted()
                .toList();
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    @Test
    void leavesOutPositionsOfEachFile() {
        TestTable table = table(2);
        table.with(open -> {
            DataFile first = rows(open, 0, 10);
            DataFile second = rows(open, 10, 20);
            delete(open, TestDeletes.positions(open, Map.of(first, List.of(0L, 9L), second, List.of(5L))));
            return true;
        });
        assertThat(ids(Map.of())).isEqualTo(table.ids()).hasSize(17).doesNotContain(0L, 9L, 15L);
    }

    @Test
    void leavesOutRowsWithDeletedKeysThatWereThereBefore() {
        TestTable table = table(2);
        table.with(open -> {
            rows(open, 0, 10);
            Schema id = open.schema().select("id");
            GenericRecord key = GenericRecord.create(id);
            delete(open, TestDeletes.keys(open, id, List.of(key.copy("id", 3L), key.copy("id", 4L))));
            rows(open, 3, 5);
            Schema name = open.schema().select("name");
            delete(
                    open,
                    TestDeletes.keys(
                            open, name, List.of(GenericRecord.create(name).copy("name", "n1"))));
            return true;
        });
        assertThat(ids(Map.of())).isEqualTo(table.ids()).isEqualTo(List.of(0L, 2L, 3L, 4L, 6L, 7L, 8L));
    }

    @Test
    void looksAtKeysThatAreNotAmongTheColumns() {
        TestTable table = table(2);
        table.with(open -> {
            rows(open, 0, 10);
            Schema name = open.schema().select("name");
            GenericRecord none = GenericRecord.create(name);
            delete(open, TestDeletes.keys(open, name, List.of(none.copy("name", "n1"), none.copy(Map.of()))));
            return true;
        });
        assertThat(ids(Map.of("columns", List.of("id")))).isEqualTo(List.of(2L, 3L, 6L, 7L));
    }

    @Test
    void leavesOutWhatDeletionVectorsName() {
        TestTable table = table(3);
        table.with(open -> {
            DataFile first = rows(open, 0, 5_000);
            rows(open, 5_000, 5_010);
            vector(open, first, range(1_000, 4_999)).forEach(file -> delete(open, file));
            return true;
        });
        assertThat(ids(Map.of())).isEqualTo(table.ids()).hasSize(1_011).contains(999L, 4_999L);
    }
}
