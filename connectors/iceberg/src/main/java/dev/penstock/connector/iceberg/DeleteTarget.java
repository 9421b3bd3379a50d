package dev.penstock.connector.iceberg;

import dev.penstock.connector.iceberg.parquet.DataFileTarget;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.types.TypeUtil;

/**
 * How files are written that delete by the values of some columns.
 *
 * @param spec that of the table if the values tell the partition, and else one without partitions
 * @param schema those columns
 * @param properties of the table
 */
record DeleteTarget(PartitionSpec spec, Schema schema, Map<String, String> properties) {
    DeleteTarget {
        properties = Map.copyOf(properties);
    }

    /**
     * Deletes by {@code columns} of {@code table}. They name their partition only if each row with these values must be
     * in it: where the table was always partitioned as it is now, and by nothing but these columns.
     */
    static DeleteTarget of(Table table, List<String> columns, Map<String, String> properties) {
        Set<Integer> ids = new HashSet<>();
        columns.forEach(name -> ids.add(table.schema().findField(name).fieldId()));
        boolean scoped = table.specs().size() == 1
                && table.spec().fields().stream().allMatch(field -> ids.contains(field.sourceId()));
        // Of what names no partition only the commit knows by which spec it is added.
        PartitionSpec spec = scoped && table.spec().isPartitioned() ? table.spec() : PartitionSpec.unpartitioned();
        return new DeleteTarget(spec, TypeUtil.select(table.schema(), ids), properties);
    }

    /** Whether each file is of one partition. */
    boolean isScoped() {
        return spec.isPartitioned();
    }

    /** The ids of the columns. */
    List<Integer> ids() {
        return schema.columns().stream().map(column -> column.fieldId()).toList();
    }

    /** The file of {@code partition}; its bounds are kept whatever the table keeps, as readers skip files by them. */
    DataFileTarget target(Optional<PartitionKey> partition) {
        return new DataFileTarget(
                schema, spec, partition.orElse(null), SortOrder.unsorted(), MetricsConfig.getDefault(), properties);
    }
}
