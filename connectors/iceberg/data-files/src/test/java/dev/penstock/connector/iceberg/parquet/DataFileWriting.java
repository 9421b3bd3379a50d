package dev.penstock.connector.iceberg.parquet;

import dev.penstock.connector.iceberg.schema.TypeMapping;
import dev.penstock.spi.data.RecordBatch;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.inmemory.InMemoryFileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.parquet.Parquet;

/** Files in memory, by this writer and by Iceberg's generic one. */
final class DataFileWriting {
    static final InMemoryFileIO STORE = new InMemoryFileIO();
    private static int files;

    private DataFileWriting() {}

    static Schema table(dev.penstock.spi.data.Schema columns) {
        return new TypeMapping().table(columns);
    }

    static synchronized String path() {
        return "memory://data/" + files++ + ".parquet";
    }

    static DataFileTarget target(Schema table, Map<String, String> properties) {
        MetricsConfig metrics = MetricsConfig.from(properties, table, SortOrder.unsorted());
        return new DataFileTarget(
                table, PartitionSpec.unpartitioned(), null, SortOrder.unsorted(), metrics, properties);
    }

    static DataFileWriter open(Schema table, Map<String, String> properties) {
        return new ParquetDataFiles(STORE).open(STORE.newOutputFile(path()), target(table, properties));
    }

    static DataFile write(Schema table, Map<String, String> properties, List<RecordBatch> batches) {
        DataFileWriter writer = open(table, properties);
        for (RecordBatch batch : batches) {
            writer.write(batch, all(batch), batch.rowCount());
        }
        return writer.close();
    }

    static int[] all(RecordBatch batch) {
        return IntStream.range(0, batch.rowCount()).toArray();
    }

    static InputFile file(DataFile file) {
        return STORE.newInputFile(file.location());
    }

    static DataFile generic(Schema table, Map<String, String> properties, List<Record> rows) throws IOException {
        var writer = Parquet.writeData(STORE.newOutputFile(path()))
                .schema(table)
                .withSpec(PartitionSpec.unpartitioned())
                .setAll(properties)
                .metricsConfig(MetricsConfig.from(properties, table, SortOrder.unsorted()))
                .createWriterFunc(type -> GenericParquetWriter.create(table, type))
                .<Record>build();
        try (writer) {
            rows.forEach(writer::write);
        }
        return writer.toDataFile();
    }
}
