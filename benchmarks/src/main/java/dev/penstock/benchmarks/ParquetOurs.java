package dev.penstock.benchmarks;

import dev.penstock.connector.iceberg.parquet.DataFileWriter;
import dev.penstock.connector.iceberg.parquet.DataFileWriters;
import dev.penstock.connector.iceberg.parquet.ParquetDataFiles;
import dev.penstock.spi.data.RecordBatch;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.iceberg.inmemory.InMemoryFileIO;

/** The writer of the connector, on batches as it gets them. */
final class ParquetOurs {
    private static final int[] ALL = IntStream.range(0, ParquetData.BATCH).toArray();

    private final DataFileWriters writers = new ParquetDataFiles(new InMemoryFileIO());
    private final Map<String, String> properties;

    private ParquetOurs(Map<String, String> properties) {
        this.properties = properties;
    }

    /** Arguments: how many files, where, and the codec. */
    public static void main(String[] arguments) throws IOException {
        int files = Integer.parseInt(arguments[0]);
        Path target = Path.of(arguments[1]);
        List<RecordBatch> batches = ParquetData.batches();
        ParquetOurs ours = new ParquetOurs(Map.of("write.parquet.compression-codec", arguments[2]));
        ours.write(batches, target, Math.max(1, files / 2));
        Measured measured = Measured.start();
        measured.print(ours.write(batches, target, files));
    }

    /** One file of all rows without compression, for contenders that do not make the rows themselves. */
    static void writeSource(Path target) throws IOException {
        new ParquetOurs(Map.of("write.parquet.compression-codec", "uncompressed"))
                .write(ParquetData.batches(), target, 1);
    }

    private long write(List<RecordBatch> batches, Path target, int files) throws IOException {
        long rows = 0;
        for (int i = 0; i < files; i++) {
            Files.deleteIfExists(target);
            DataFileWriter writer = writers.open(
                    org.apache.iceberg.Files.localOutput(new File(target.toString())), ParquetData.target(properties));
            for (RecordBatch batch : batches) {
                writer.write(batch, ALL, batch.rowCount());
            }
            rows += writer.close().recordCount();
        }
        return rows;
    }
}
