package dev.penstock.connector.iceberg.parquet;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SchemaParser;
import org.apache.iceberg.io.OutputFile;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.crypto.FileEncryptionProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.jspecify.annotations.Nullable;

/** The row groups of a file: collects pages of all columns, and writes them when they are as much as a group holds. */
final class RowGroups {
    private static final @Nullable FileEncryptionProperties NOT_ENCRYPTED = null;

    private final FileOutput file;
    private final Schema schema;
    private final FileColumns columns;
    private final WriteSettings settings;
    private final List<LeafWriter> leaves;
    private final PageCodec codec;
    private @Nullable ColumnChunkPageWriteStore pages;
    private @Nullable ParquetFileWriter writer;
    private long rows;
    private boolean released;

    RowGroups(OutputFile output, Schema schema, FileColumns columns, WriteSettings settings) {
        this.file = new FileOutput(output);
        this.schema = schema;
        this.columns = columns;
        this.settings = settings;
        this.leaves = columns.leaves();
        this.codec = new PageCodec(settings.codec(), settings.level());
        begin();
    }

    private void begin() {
        ColumnChunkPageWriteStore store = new ColumnChunkPageWriteStore(
                codec,
                columns.type(),
                HeapByteBufferAllocator.getInstance(),
                ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
                ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
        List<ColumnDescriptor> descriptors = columns.descriptors();
        for (int i = 0; i < leaves.size(); i++) {
            leaves.get(i).begin(store.getPageWriter(descriptors.get(i)));
        }
        pages = store;
        rows = 0;
    }

    /** Says that all columns have {@code more} rows more; may write the group. */
    void added(int more) {
        rows += more;
        long bytes = 0;
        for (LeafWriter leaf : leaves) {
            bytes += leaf.rowGroupBytes();
        }
        if (bytes >= settings.rowGroupBytes()) {
            flush();
            begin();
        }
    }

    private void flush() {
        ColumnChunkPageWriteStore store = pages;
        if (store == null) {
            return;
        }
        pages = null;
        try (store) {
            if (rows > 0) {
                ParquetFileWriter out = writer();
                out.startBlock(rows);
                for (LeafWriter leaf : leaves) {
                    leaf.finishRowGroup();
                }
                store.flushToFileWriter(out);
                out.endBlock();
            }
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    private ParquetFileWriter writer() throws IOException {
        ParquetFileWriter open = writer;
        if (open == null) {
            open = new ParquetFileWriter(
                    file,
                    columns.type(),
                    ParquetFileWriter.Mode.CREATE,
                    settings.rowGroupBytes(),
                    0,
                    ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
                    ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
                    ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED,
                    NOT_ENCRYPTED);
            writer = open;
            open.start();
        }
        return open;
    }

    private UncheckedIOException cannotWrite(IOException cause) {
        return new UncheckedIOException(
                new IOException("Cannot write the data file '" + file.getPath() + "': " + cause.getMessage(), cause));
    }

    /** Writes what is left and the footer, and closes the file. */
    ParquetMetadata finish() {
        flush();
        release();
        try {
            ParquetFileWriter out = writer();
            out.end(Map.of("iceberg.schema", SchemaParser.toJson(schema)));
            return out.getFooter();
        } catch (IOException e) {
            throw cannotWrite(e);
        }
    }

    /** Closes what is open, and gives up what is not written. */
    void giveUp() {
        ColumnChunkPageWriteStore store = pages;
        pages = null;
        if (store != null) {
            store.close();
        }
        release();
        file.discard();
    }

    private void release() {
        if (!released) {
            released = true;
            codec.release();
        }
    }

    /** Whether there is a file by now. */
    boolean begun() {
        return file.begun();
    }

    long bytesWritten() {
        return file.written();
    }

    long bufferedBytes() {
        long bytes = codec.memory();
        for (LeafWriter leaf : leaves) {
            bytes += leaf.memory();
        }
        return bytes;
    }
}
