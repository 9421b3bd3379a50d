package dev.penstock.connector.iceberg.conformance;

import dev.penstock.connector.iceberg.io.LocalFileIO;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.RewriteFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.parquet.Parquet;

/** A table in a warehouse whose catalog is in SQLite, as another program than Penstock uses it. */
public record TestTable(Path warehouse, TableIdentifier id) {
    /** Does something with the table as it is now; empty if there is none. */
    public <T> Optional<T> with(Function<Table, T> use) {
        try {
            return withCatalog(catalog -> use.apply(catalog.loadTable(id)));
        } catch (NoSuchTableException e) {
            return Optional.empty();
        }
    }

    private <T> Optional<T> withCatalog(Function<JdbcCatalog, T> use) {
        Path database = warehouse.resolve("catalog.db");
        if (!Files.exists(database)) {
            return Optional.empty();
        }
        try (JdbcCatalog catalog = new JdbcCatalog(null, null, false)) {
            catalog.initialize(
                    "penstock",
                    Map.of(
                            "uri", "jdbc:sqlite:" + database + "?busy_timeout=30000",
                            "warehouse", "file://" + warehouse,
                            "io-impl", LocalFileIO.class.getName()));
            return Optional.of(use.apply(catalog));
        }
    }

    /** Makes the table, and the catalog if there is none. */
    public void create(Schema schema, PartitionSpec spec, Map<String, String> properties) {
        try {
            Files.createDirectories(warehouse);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try (JdbcCatalog catalog = new JdbcCatalog(null, null, true)) {
            catalog.initialize("penstock", catalogProperties());
            if (!catalog.namespaceExists(id.namespace())) {
                catalog.createNamespace(id.namespace());
            }
            catalog.buildTable(id, schema)
                    .withPartitionSpec(spec)
                    .withProperties(properties)
                    .create();
        }
    }

    private Map<String, String> catalogProperties() {
        return Map.of(
                "uri",
                "jdbc:sqlite:" + warehouse.resolve("catalog.db") + "?busy_timeout=30000&journal_mode=WAL",
                "warehouse",
                "file://" + warehouse,
                "io-impl",
                LocalFileIO.class.getName(),
                "jdbc.schema-version",
                "V1");
    }

    /** Gives every row of the table's main branch. */
    public void read(Consumer<Record> use) {
        read(Expressions.alwaysTrue(), use);
    }

    private void read(Expression filter, Consumer<Record> use) {
        with(table -> {
            try (CloseableIterable<Record> rows =
                    IcebergGenerics.read(table).where(filter).build()) {
                rows.forEach(use);
                return true;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** The locations of the files that the newest snapshot consists of; empty if there is no table. */
    public Optional<Set<String>> dataFiles() {
        return with(table -> {
            Set<String> locations = new TreeSet<>();
            files(table).forEach(file -> locations.add(file.location()));
            return locations;
        });
    }

    /** The locations of the files of deletes in the newest snapshot, whether they are about any row or not. */
    public Set<String> deleteFiles() {
        Set<String> locations = new TreeSet<>();
        with(table -> {
            Snapshot snapshot = table.currentSnapshot();
            List<ManifestFile> manifests = snapshot == null ? List.of() : snapshot.deleteManifests(table.io());
            for (ManifestFile manifest : manifests) {
                try (ManifestReader<DeleteFile> files =
                        ManifestFiles.readDeleteManifest(manifest, table.io(), table.specs())) {
                    files.forEach(file -> locations.add(file.location()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return true;
        });
        return locations;
    }

    private static List<DataFile> files(Table table) {
        List<DataFile> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan().planFiles()) {
            tasks.forEach(task -> files.add(task.file()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    /** The column {@code id} of every row, sorted. */
    public List<Long> ids() {
        return ids(Expressions.alwaysTrue());
    }

    /** The column {@code id} of the rows for which {@code filter} is true, sorted. */
    public List<Long> ids(Expression filter) {
        List<Long> ids = new ArrayList<>();
        read(filter, row -> ids.add((Long) row.getField("id")));
        return ids.stream().sorted().toList();
    }

    /** Adds a row to an unpartitioned table, with nothing but an {@code id}. */
    public void append(long id) {
        with(table -> {
            Record row = GenericRecord.create(table.schema());
            row.setField("id", id);
            table.newFastAppend().appendFile(written(table, List.of(row))).commit();
            return true;
        });
    }

    /** Drops the table with its files. */
    public void drop() {
        withCatalog(catalog -> catalog.dropTable(id, true));
    }

    /** Rewrites all files of an unpartitioned table into one. */
    public void compact() {
        compact(() -> {});
    }

    /** The same, while {@code meanwhile} is done; changes that it commits are about the rewritten rows too. */
    public void compact(Runnable meanwhile) {
        with(table -> {
            List<DataFile> old = files(table);
            if (!old.isEmpty()) {
                Snapshot before = table.currentSnapshot();
                DataFile whole = rewritten(table);
                meanwhile.run();
                RewriteFiles rewrite = table.newRewrite()
                        .validateFromSnapshot(before.snapshotId())
                        .dataSequenceNumber(before.sequenceNumber());
                rewrite.addFile(whole);
                old.forEach(rewrite::deleteFile);
                rewrite.commit();
            }
            return true;
        });
    }

    private static DataFile rewritten(Table table) {
        try (CloseableIterable<Record> rows = IcebergGenerics.read(table).build()) {
            return written(table, rows);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DataFile written(Table table, Iterable<Record> rows) {
        return written(
                table, rows, table.locationProvider().newDataLocation("other-" + UUID.randomUUID() + ".parquet"));
    }

    /** A file of an unpartitioned table at {@code location}, by Iceberg's generic writer. */
    public static DataFile written(Table table, Iterable<Record> rows, String location) {
        return written(table, rows, location, table.schema());
    }

    /** As {@link #written(Table, Iterable, String)}, with some of the columns. */
    public static DataFile written(Table table, Iterable<Record> rows, String location, Schema columns) {
        try {
            DataWriter<Record> writer = Parquet.writeData(table.io().newOutputFile(location))
                    .schema(columns)
                    .withSpec(table.spec())
                    .createWriterFunc(GenericParquetWriter::create)
                    .build();
            try (writer) {
                rows.forEach(writer::write);
            }
            return writer.toDataFile();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Expires all snapshots but the newest, with what only they refer to. */
    public void expire() {
        with(table -> {
            table.expireSnapshots()
                    .expireOlderThan(System.currentTimeMillis() + 1)
                    .retainLast(1)
                    .commit();
            return true;
        });
    }
}
