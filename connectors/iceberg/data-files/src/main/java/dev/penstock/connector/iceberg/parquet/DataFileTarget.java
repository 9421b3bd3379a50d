package dev.penstock.connector.iceberg.parquet;

import java.util.Map;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.StructLike;
import org.jspecify.annotations.Nullable;

/**
 * Where in its table a data file belongs, and how it is written.
 *
 * @param schema the columns of the file
 * @param spec how the table is partitioned
 * @param partition the values of the file's partition; null if {@code spec} is unpartitioned
 * @param sortOrder the order that rows arrive in, which the file is only stamped with
 * @param metrics what to keep of each column in the table's metadata
 * @param properties of the table, of which those that begin with {@code write.parquet.} say how files are written
 */
public record DataFileTarget(
        Schema schema,
        PartitionSpec spec,
        @Nullable StructLike partition,
        SortOrder sortOrder,
        MetricsConfig metrics,
        Map<String, String> properties) {
    public DataFileTarget {
        properties = Map.copyOf(properties);
    }
}
