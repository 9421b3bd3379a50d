package org.apache.iceberg.parquet;

import java.util.stream.Stream;
import org.apache.iceberg.FieldMetrics;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Schema;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;

/**
 * Metrics of columns as Iceberg's own writer of Parquet finds them. In its package, as it shows them to nobody else;
 * they are the same then in every release of it.
 */
public final class DataFileMetrics {
    private DataFileMetrics() {}

    /**
     * The metrics of a file that was written.
     *
     * @param footer what the file ends with
     * @param fields what is known of columns beyond the footer
     */
    public static Metrics of(
            Schema schema, MetricsConfig config, ParquetMetadata footer, Stream<FieldMetrics<?>> fields) {
        MessageType type = footer.getFileMetaData().getSchema();
        return ParquetMetrics.metrics(schema, type, config, footer, fields);
    }
}
