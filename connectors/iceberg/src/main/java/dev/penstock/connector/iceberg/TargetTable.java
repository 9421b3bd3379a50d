package dev.penstock.connector.iceberg;

import dev.penstock.connector.iceberg.parquet.DataFileTarget;
import dev.penstock.spi.FatalException;
import dev.penstock.spi.data.Schema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * The table that a writer writes for, loaded when the first row arrives, told apart by its uuid from any that may take
 * its place.
 */
final class TargetTable {
    private static final String ROW_GROUP_BYTES = "16777216";
    private static final String PAGE_BYTES = "262144";

    private final TableAccess access;
    private final Set<String> restoredIds;
    private @Nullable Table table;

    /**
     * The table of {@code access}.
     *
     * @param restoredIds of the tables that earlier incarnations wrote to; at most one unless something is wrong
     */
    TargetTable(TableAccess access, Set<String> restoredIds) {
        this.access = access;
        this.restoredIds = Set.copyOf(restoredIds);
    }

    Table table() {
        if (table == null) {
            table = load();
        }
        return table;
    }

    private Table load() {
        try {
            Table loaded = access.load();
            if (!restoredIds.isEmpty() && !restoredIds.contains(loaded.uuid().toString())) {
                throw new FatalException("Cannot write to table '" + access.name()
                        + "': another table has taken the place of the one that was written to before;"
                        + " restore it, or reset the state of the pipeline to fill the new one from the start");
            }
            return loaded;
        } catch (RuntimeException e) {
            throw IcebergErrors.wrap("write to table '" + access.name() + "'", e);
        }
    }

    /** Whether the table has all columns of {@code rows}, perhaps only after it was loaded again. */
    boolean knows(Schema rows) {
        return columns(table()).containsAll(rows.names());
    }

    /** Loads the table again. */
    void reload(Schema rows) {
        table = load();
        if (!knows(rows)) {
            throw new FatalException("Cannot write rows of " + rows + " to table '" + access.name()
                    + "': it does not have all of these columns; plan and provision the sink for them first");
        }
    }

    private static Set<String> columns(Table table) {
        return table.schema().columns().stream().map(Types.NestedField::name).collect(Collectors.toSet());
    }

    /** The id of the table, once it is known. */
    Optional<String> knownId() {
        return Optional.ofNullable(table).map(known -> known.uuid().toString());
    }

    /** The sequence number of the last commit that is known of. */
    long sequence() {
        long newest = 0;
        for (Snapshot snapshot : table().snapshots()) {
            newest = Math.max(newest, snapshot.sequenceNumber());
        }
        return newest;
    }

    TableSpecs specs() {
        return new TableSpecs(table().specs());
    }

    OpenFiles.Layout layout() {
        return new OpenFiles.Layout(table().schema(), table().spec());
    }

    /** How large files get that are not limited by settings. */
    long targetFileBytes() {
        return Long.parseLong(table().properties()
                .getOrDefault(
                        TableProperties.WRITE_TARGET_FILE_SIZE_BYTES,
                        String.valueOf(TableProperties.WRITE_TARGET_FILE_SIZE_BYTES_DEFAULT)));
    }

    /** How a file of {@code partition} is written: as the table says, and else so that many files fit into memory. */
    DataFileTarget target(Optional<PartitionKey> partition) {
        return new DataFileTarget(
                table().schema(),
                table().spec(),
                partition.orElse(null),
                SortOrder.unsorted(),
                MetricsConfig.forTable(table()),
                properties());
    }

    /** How files are written that delete by the values of {@code columns}. */
    DeleteTarget deletes(List<String> columns) {
        return DeleteTarget.of(table(), columns, properties());
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>(Map.of(
                TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES,
                ROW_GROUP_BYTES,
                TableProperties.PARQUET_PAGE_SIZE_BYTES,
                PAGE_BYTES,
                TableProperties.PARQUET_COMPRESSION,
                "zstd",
                TableProperties.PARQUET_COMPRESSION_LEVEL,
                "1"));
        properties.putAll(table().properties());
        return properties;
    }
}
