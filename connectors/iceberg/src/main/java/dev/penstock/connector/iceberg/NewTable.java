package dev.penstock.connector.iceberg;

import java.util.HashMap;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;

/** Makes tables. */
final class NewTable {
    private static final Map<String, String> PROPERTIES = Map.of(
            TableProperties.FORMAT_VERSION, "2",
            TableProperties.PARQUET_COMPRESSION, "zstd",
            // A commit writes all metadata again; without these the old ones stay for good.
            TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, "true",
            TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, "100",
            TableProperties.METADATA_COMPRESSION, "gzip");

    private NewTable() {}

    static void create(TableAccess access, Schema schema, SinkSettings.NewTable settings) {
        Map<String, String> properties = new HashMap<>(PROPERTIES);
        properties.putAll(settings.properties());
        access.create(schema, Partitioning.of(schema, settings.partitionBy()), properties);
    }
}
