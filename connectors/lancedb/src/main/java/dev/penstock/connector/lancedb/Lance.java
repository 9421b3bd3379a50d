package dev.penstock.connector.lancedb;

import dev.penstock.spi.FatalException;
import dev.penstock.spi.data.RecordBatch;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.lance.Dataset;
import org.lance.Fragment;
import org.lance.FragmentMetadata;
import org.lance.ReadOptions;
import org.lance.WriteFragmentBuilder;
import org.lance.WriteParams;
import org.lance.file.LanceFileReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The native library as one part of the connector uses it: with its own memory, which must be empty in the end.
 *
 * <p>Nothing native is loaded before the first of these is made.
 */
final class Lance implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lance.class);
    private static final String OPEN_FLAG = "--add-opens=java.base/java.nio=ALL-UNNAMED";

    private final TableLocation location;
    private final RootAllocator allocator;

    Lance(TableLocation location) {
        if (!ByteBuffer.class.getModule().isOpen("java.nio", Lance.class.getModule())) {
            throw new FatalException("Cannot open table '" + location + "': Arrow needs the Java option " + OPEN_FLAG
                    + "; add it to the command line or to JDK_JAVA_OPTIONS");
        }
        this.location = location;
        this.allocator = new RootAllocator();
    }

    TableLocation location() {
        return location;
    }

    RootAllocator allocator() {
        return allocator;
    }

    /** The table at its newest version, if it exists; to be closed. */
    Optional<Dataset> open() {
        try {
            return Optional.of(Dataset.open()
                    .allocator(allocator)
                    .uri(location.tableUri())
                    .readOptions(new ReadOptions.Builder()
                            .setStorageOptions(location.storage())
                            .build())
                    .build());
        } catch (Exception e) {
            if (LanceErrors.isNotFound(e)) {
                return Optional.empty();
            }
            throw LanceErrors.wrap("open table '" + location + "'", e);
        }
    }

    /** The table at its newest version; to be closed. */
    Dataset openExisting() {
        return open().orElseThrow(() -> new FatalException("Cannot open table '" + location
                + "': it does not exist; restore it, or reset the state of the pipeline to write it anew"));
    }

    /** Makes an empty table unless one exists. */
    void create(Schema schema) {
        try {
            Dataset.write()
                    .allocator(allocator)
                    .uri(location.tableUri())
                    .schema(schema)
                    .storageOptions(location.storage())
                    .mode(WriteParams.WriteMode.CREATE)
                    .execute()
                    .close();
        } catch (Exception e) {
            if (!LanceErrors.isExisting(e)) {
                throw LanceErrors.wrap("create table '" + location + "'", e);
            }
        }
    }

    /** Drops the table if there is one and no row is in it. */
    void dropIfEmpty() {
        Optional<Dataset> dataset = open();
        if (dataset.isEmpty()) {
            return;
        }
        try (Dataset table = dataset.get()) {
            if (table.countRows() > 0) {
                return;
            }
        }
        try {
            Dataset.drop(location.tableUri(), location.storage());
        } catch (Exception e) {
            throw LanceErrors.wrap("drop table '" + location + "'", e);
        }
    }

    /** Writes {@code batches} into data files below {@code uri}, which belong to no table yet. */
    List<FragmentMetadata> write(String uri, Schema schema, Iterator<RecordBatch> batches, FileLimits limits) {
        try (BatchStream rows = new BatchStream(allocator, schema, batches);
                ArrowArrayStream stream = ArrowArrayStream.allocateNew(allocator)) {
            Data.exportArrayStream(allocator, rows, stream);
            WriteFragmentBuilder writing = Fragment.write()
                    .datasetUri(uri)
                    .allocator(allocator)
                    .data(stream)
                    .storageOptions(location.storage())
                    .dataStorageVersion(limits.version())
                    .maxRowsPerFile(limits.maxRows())
                    .maxBytesPerFile(limits.maxBytes());
            return writing.execute();
        } catch (Exception e) {
            throw LanceErrors.wrap("write rows for table '" + location + "'", e);
        }
    }

    /** How large data files become, and in which format they are. */
    record FileLimits(int maxRows, long maxBytes, String version) {}

    /** The rows of a data file; to be closed. */
    ArrowRows file(String uri, List<String> columns, int batchRows) {
        String what = "read back data file '" + uri + "'";
        try {
            LanceFileReader file = LanceFileReader.open(uri, location.storage(), allocator);
            return ArrowRows.of(what, file, opened -> opened.readAll(columns, null, batchRows));
        } catch (Exception e) {
            throw LanceErrors.wrap(what, e);
        }
    }

    @Override
    public void close() {
        try {
            allocator.close();
        } catch (IllegalStateException e) {
            LOG.warn("Memory of table {} was not given back: {}", location, e.getMessage());
        }
    }
}
