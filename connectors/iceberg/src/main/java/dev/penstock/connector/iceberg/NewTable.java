package dev.penstock.connector.iceberg;

import dev.penstock.connector.iceberg.schema.SchemaMapping;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.data.Field;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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

    /** The columns for rows of {@code input}; those of the key are required, and identify rows for every program. */
    static Schema schema(dev.penstock.spi.data.Schema input, WriteMode mode, SchemaMapping mapping) {
        dev.penstock.spi.data.Schema rows = input;
        for (String name : mode.key()) {
            rows = rows.with(Field.required(name, input.field(name).type()));
        }
        Schema columns = mapping.table(rows);
        Set<Integer> key = new TreeSet<>();
        mode.key().forEach(name -> key.add(columns.findField(name).fieldId()));
        return new Schema(columns.columns(), key);
    }

    static void create(TableAccess access, Schema schema, SinkSettings.NewTable settings) {
        Map<String, String> properties = new HashMap<>(PROPERTIES);
        properties.putAll(settings.properties());
        access.create(schema, Partitioning.of(schema, settings.partitionBy()), properties);
    }
}
