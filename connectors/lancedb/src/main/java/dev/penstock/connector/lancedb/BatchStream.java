package dev.penstock.connector.lancedb;

import dev.penstock.spi.data.RecordBatch;
import java.util.Iterator;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/** Gives batches to Lance one after the other, so that only one of them is in Arrow memory at a time. */
final class BatchStream extends ArrowReader {
    private final Schema schema;
    private final Iterator<RecordBatch> batches;
    private long bytes;

    BatchStream(BufferAllocator allocator, Schema schema, Iterator<RecordBatch> batches) {
        super(allocator);
        this.schema = schema;
        this.batches = batches;
    }

    @Override
    public boolean loadNextBatch() throws java.io.IOException {
        prepareLoadNextBatch();
        while (batches.hasNext()) {
            RecordBatch batch = batches.next();
            if (!batch.isEmpty()) {
                ArrowWriter.write(batch, getVectorSchemaRoot());
                bytes += batch.sizeInBytes();
                return true;
            }
        }
        return false;
    }

    @Override
    public long bytesRead() {
        return bytes;
    }

    @Override
    protected void closeReadSource() {}

    @Override
    protected Schema readSchema() {
        return schema;
    }
}
