package dev.penstock.connector.iceberg;

import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.jspecify.annotations.Nullable;

/** The table that settings name, in its catalog, which is opened when it is first asked. Thread safe. */
final class TableAccess implements AutoCloseable {
    private final Catalogs catalogs;
    private final TableIdentifier id;
    private @Nullable Catalog catalog;
    private boolean made;

    TableAccess(Catalogs catalogs, String table) {
        this.catalogs = catalogs;
        this.id = identifier(table);
    }

    private static TableIdentifier identifier(String table) {
        TableIdentifier id = TableIdentifier.parse(table);
        if (id.namespace().isEmpty() || id.name().isEmpty()) {
            throw new ConfigException(
                    TableSettings.TABLE.name(),
                    Problem.Code.INVALID,
                    "'" + table + "' names no namespace",
                    "write it as namespace.table");
        }
        return id;
    }

    String name() {
        return id.toString();
    }

    /** The catalog; makes the database's tables for it if {@code make}. */
    private synchronized Catalog catalog(boolean make) {
        if (catalog != null && make && !made) {
            Catalogs.close(catalog);
            catalog = null;
        }
        if (catalog == null) {
            catalog = catalogs.open(make);
            made = make;
        }
        return catalog;
    }

    /** The table, if it exists; makes nothing. */
    Optional<Table> find() {
        boolean there = isOpen() || catalogs.exists();
        try {
            return there ? Optional.of(catalog(false).loadTable(id)) : Optional.empty();
        } catch (NoSuchTableException e) {
            return Optional.empty();
        }
    }

    private synchronized boolean isOpen() {
        return catalog != null;
    }

    /** The table as it is now, in an object of its own. */
    Table load() {
        return catalog(false).loadTable(id);
    }

    /** Makes the table, unless somebody has. */
    void create(Schema schema, PartitionSpec spec, Map<String, String> properties) {
        Catalog made = catalog(true);
        if (made instanceof SupportsNamespaces namespaces && !namespaces.namespaceExists(id.namespace())) {
            createNamespace(namespaces, id.namespace());
        }
        try {
            made.buildTable(id, schema)
                    .withPartitionSpec(spec)
                    .withProperties(properties)
                    .create();
        } catch (AlreadyExistsException e) {
            // Somebody was faster; whether it fits is found out when it is loaded.
            return;
        }
    }

    private static void createNamespace(SupportsNamespaces namespaces, Namespace namespace) {
        try {
            namespaces.createNamespace(namespace);
        } catch (AlreadyExistsException e) {
            // Somebody was faster.
            return;
        }
    }

    /** Drops the table with all its files, if no row is in it. */
    void dropIfEmpty() {
        Optional<Table> table = find();
        if (table.filter(TableAccess::isEmpty).isPresent()) {
            catalog(false).dropTable(id, true);
        }
    }

    private static boolean isEmpty(Table table) {
        for (Snapshot snapshot : table.snapshots()) {
            if (!"0".equals(snapshot.summary().getOrDefault(SnapshotSummary.TOTAL_DATA_FILES_PROP, "0"))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public synchronized void close() {
        if (catalog != null) {
            Catalogs.close(catalog);
            catalog = null;
        }
    }
}
