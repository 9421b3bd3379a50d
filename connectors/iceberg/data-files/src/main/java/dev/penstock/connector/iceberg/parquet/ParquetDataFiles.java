package dev.penstock.connector.iceberg.parquet;

import static java.util.Objects.requireNonNull;

import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.OutputFile;

/** Begins data files in Parquet, column by column; properties of the table say how ({@code write.parquet.*}). */
public final class ParquetDataFiles implements DataFileWriters {
    private final FileIO store;

    /** Files in {@code store}, which is asked to remove those that are given up. */
    public ParquetDataFiles(FileIO store) {
        this.store = requireNonNull(store, "store");
    }

    /**
     * Nothing is opened before the first row group is written.
     *
     * @throws IllegalArgumentException if a property of the table says what cannot be
     */
    @Override
    public DataFileWriter open(OutputFile output, DataFileTarget target) {
        return new ParquetDataFile(
                requireNonNull(output, "output"), requireNonNull(target, "target"), store::deleteFile);
    }
}
