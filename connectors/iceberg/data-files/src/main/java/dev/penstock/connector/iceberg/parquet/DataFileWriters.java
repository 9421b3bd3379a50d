package dev.penstock.connector.iceberg.parquet;

import org.apache.iceberg.io.OutputFile;

/** Begins data files. */
@FunctionalInterface
public interface DataFileWriters {
    /** A file at {@code output}, which does not exist yet. */
    DataFileWriter open(OutputFile output, DataFileTarget target);
}
