package dev.penstock.connector.iceberg;

import static java.util.Objects.requireNonNull;

import dev.penstock.connector.iceberg.conformance.TestTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.deletes.EqualityDeleteWriter;
import org.apache.iceberg.deletes.PositionDelete;
import org.apache.iceberg.deletes.PositionDeleteWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Types.NestedField;

/** Deletes rows of a table as other engines do. */
record TestDeletes(TestTable table) {
    /** Deletes by {@code id}, the first column, what is in the table now, as upserts do. */
    void byKey(long... ids) {
        table.with(open -> {
            Schema id = open.schema().select("id");
            Record key = GenericRecord.create(id);
            List<Record> keys =
                    LongStream.of(ids).mapToObj(each -> key.copy("id", each)).toList();
            open.newRowDelta().addDeletes(keys(open, id, keys)).commit();
            return true;
        });
    }

    /** Deletes the first row of the files that begin with one of these ids. */
    void byPosition(long... ids) {
        table.with(open -> {
            for (FileScanTask task : tasks(open)) {
                if (LongStream.of(ids).anyMatch(id -> least(task.file()) == id)) {
                    open.newRowDelta()
                            .addDeletes(positions(open, Map.of(task.file(), List.of(0L))))
                            .commit();
                }
            }
            return true;
        });
    }

    /** What is deleted from each file of the table. */
    List<List<DeleteFile>> ofFiles() {
        return table.with(
                        open -> tasks(open).stream().map(FileScanTask::deletes).toList())
                .orElseThrow();
    }

    private static List<FileScanTask> tasks(Table table) {
        List<FileScanTask> tasks = new ArrayList<>();
        try (CloseableIterable<FileScanTask> planned =
                table.newScan().includeColumnStats().planFiles()) {
            planned.forEach(tasks::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return tasks;
    }

    private static long least(DataFile file) {
        ByteBuffer lower = requireNonNull(file.lowerBounds().get(1), "bound");
        return lower.duplicate().order(ByteOrder.LITTLE_ENDIAN).getLong();
    }

    /** A file for other engines' rows or deletes. */
    static OutputFile newFile(Table table) {
        return table.io()
                .newOutputFile(table.locationProvider().newDataLocation("other-" + UUID.randomUUID() + ".parquet"));
    }

    /** A file that deletes the rows at {@code places} of each file. */
    static DeleteFile positions(Table table, Map<DataFile, List<Long>> places) {
        try {
            PositionDeleteWriter<Record> writer = Parquet.writeDeletes(newFile(table))
                    .withSpec(table.spec())
                    .metricsConfig(MetricsConfig.forPositionDelete())
                    .buildPositionWriter();
            try (writer) {
                places.forEach((file, rows) -> rows.forEach(
                        row -> writer.write(PositionDelete.<Record>create().set(file.location(), row))));
            }
            return writer.toDeleteFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A file that deletes the rows with one of {@code keys}. */
    static DeleteFile keys(Table table, Schema columns, List<Record> keys) {
        try {
            EqualityDeleteWriter<Record> writer = Parquet.writeDeletes(newFile(table))
                    .withSpec(table.spec())
                    .rowSchema(columns)
                    .createWriterFunc(GenericParquetWriter::create)
                    .equalityFieldIds(
                            columns.columns().stream().map(NestedField::fieldId).toList())
                    .buildEqualityWriter();
            try (writer) {
                keys.forEach(writer::write);
            }
            return writer.toDeleteFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
