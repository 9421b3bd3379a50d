package dev.penstock.benchmarks;

import dev.penstock.connector.iceberg.reading.FileColumns;
import dev.penstock.connector.iceberg.reading.ParquetRows;
import dev.penstock.spi.data.RecordBatch;
import java.io.File;
import java.util.Optional;

/** The reader of the connector: batches as it gives them. */
final class ParquetReadOurs {
    private ParquetReadOurs() {}

    /** Arguments: how many times, and the file. */
    public static void main(String[] arguments) {
        int times = Integer.parseInt(arguments[0]);
        File file = new File(arguments[1]);
        read(file, Math.max(1, times / 2));
        Measured measured = Measured.start();
        measured.print(read(file, times));
    }

    private static long read(File file, int times) {
        long rows = 0;
        for (int i = 0; i < times; i++) {
            try (ParquetRows reader =
                    ParquetRows.open(org.apache.iceberg.Files.localInput(file), FileColumns.of(ParquetData.TABLE))) {
                for (Optional<RecordBatch> next = reader.read(ParquetData.BATCH);
                        next.isPresent();
                        next = reader.read(ParquetData.BATCH)) {
                    rows += next.get().rowCount();
                }
            }
        }
        return rows;
    }
}
