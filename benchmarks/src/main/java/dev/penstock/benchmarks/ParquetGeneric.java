package dev.penstock.benchmarks;

import dev.penstock.spi.data.BooleanColumn;
import dev.penstock.spi.data.BytesColumn;
import dev.penstock.spi.data.Column;
import dev.penstock.spi.data.DoubleColumn;
import dev.penstock.spi.data.IntColumn;
import dev.penstock.spi.data.LongColumn;
import dev.penstock.spi.data.RecordBatch;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.util.DateTimeUtil;
import org.jspecify.annotations.Nullable;

/** Iceberg's generic writer: each row of the same batches becomes a record, which is one object used again. */
final class ParquetGeneric {
    private static final int TIME = 1;

    private ParquetGeneric() {}

    /** Arguments: how many files, where, the codec, and its level if it is not the usual one. */
    public static void main(String[] arguments) throws IOException {
        int files = Integer.parseInt(arguments[0]);
        Path target = Path.of(arguments[1]);
        Map<String, String> properties = arguments.length < 4
                ? Map.of("write.parquet.compression-codec", arguments[2])
                : Map.of(
                        "write.parquet.compression-codec",
                        arguments[2],
                        "write.parquet.compression-level",
                        arguments[3]);
        List<RecordBatch> batches = ParquetData.batches();
        write(batches, target, properties, Math.max(1, files / 2));
        Measured measured = Measured.start();
        measured.print(write(batches, target, properties, files));
    }

    /** One file of all rows, for readers. */
    static void writeSource(Path target) throws IOException {
        write(ParquetData.batches(), target, Map.of(), 1);
    }

    private static long write(List<RecordBatch> batches, Path target, Map<String, String> properties, int files)
            throws IOException {
        long rows = 0;
        for (int i = 0; i < files; i++) {
            Files.deleteIfExists(target);
            DataWriter<Record> writer = Parquet.writeData(
                            org.apache.iceberg.Files.localOutput(new File(target.toString())))
                    .schema(ParquetData.TABLE)
                    .withSpec(PartitionSpec.unpartitioned())
                    .setAll(properties)
                    .createWriterFunc(type -> GenericParquetWriter.create(ParquetData.TABLE, type))
                    .build();
            try (writer) {
                batches.forEach(batch -> write(batch, writer));
            }
            rows += writer.toDataFile().recordCount();
        }
        return rows;
    }

    private static void write(RecordBatch batch, DataWriter<Record> writer) {
        GenericRecord record = GenericRecord.create(ParquetData.TABLE);
        for (int row = 0; row < batch.rowCount(); row++) {
            for (int i = 0; i < batch.schema().size(); i++) {
                record.set(i, value(batch.column(i), i, row));
            }
            writer.write(record);
        }
    }

    private static @Nullable Object value(Column column, int index, int row) {
        if (column.isNull(row)) {
            return null;
        } else if (column instanceof LongColumn longs) {
            return index == TIME ? DateTimeUtil.timestamptzFromMicros(longs.get(row)) : (Object) longs.get(row);
        } else if (column instanceof BytesColumn texts) {
            return texts.string(row);
        } else if (column instanceof DoubleColumn doubles) {
            return doubles.get(row);
        } else if (column instanceof IntColumn ints) {
            return ints.get(row);
        }
        return ((BooleanColumn) column).get(row);
    }
}
