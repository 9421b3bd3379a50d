package dev.penstock.benchmarks;

import java.io.File;
import java.io.IOException;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.parquet.Parquet;

/** Iceberg's generic reader: a record a row, which is one object used again. */
final class ParquetReadGeneric {
    private ParquetReadGeneric() {}

    /** Arguments: how many times, and the file. */
    public static void main(String[] arguments) throws IOException {
        int times = Integer.parseInt(arguments[0]);
        File file = new File(arguments[1]);
        read(file, Math.max(1, times / 2));
        Measured measured = Measured.start();
        measured.print(read(file, times));
    }

    private static long read(File file, int times) throws IOException {
        long rows = 0;
        for (int i = 0; i < times; i++) {
            try (CloseableIterable<Record> records = Parquet.read(org.apache.iceberg.Files.localInput(file))
                    .project(ParquetData.TABLE)
                    .reuseContainers()
                    .createReaderFunc(type -> GenericParquetReaders.buildReader(ParquetData.TABLE, type))
                    .build()) {
                for (Record record : records) {
                    rows += record.size() > 0 ? 1 : 0;
                }
            }
        }
        return rows;
    }
}
