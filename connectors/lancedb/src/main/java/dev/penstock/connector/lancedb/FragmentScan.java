package dev.penstock.connector.lancedb;

import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.util.Arrays;
import java.util.Optional;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.lance.Dataset;
import org.lance.ipc.ScanOptions;

/**
 * The rows of a scan, taken out of Arrow's memory a few at a time: what Lance reads ahead stays outside of the heap.
 */
final class FragmentScan implements AutoCloseable {
    private final Lance lance;
    private final Dataset dataset;
    private final ArrowRows rows;
    private final Schema schema;
    private int inRoot;
    private int taken;
    private RecordBatch piece;
    private int given;

    /** Takes over {@code lance} and {@code dataset}, which are closed with it; not if this fails. */
    FragmentScan(Lance lance, Dataset dataset, Schema schema, ScanOptions options) {
        this.lance = lance;
        this.dataset = dataset;
        this.schema = schema;
        this.piece = RecordBatch.empty(schema);
        this.rows = ArrowRows.scan(dataset, options);
    }

    /** The next rows: at most so many, and of at most so many bytes unless it is one row; empty at the end. */
    Optional<RecordBatch> next(int maxRows, long maxBytes) {
        if (given == piece.rowCount() && !load(maxRows, maxBytes)) {
            return Optional.empty();
        }
        int start = given;
        given += fitting(Math.min(maxRows, piece.rowCount() - start), maxBytes);
        return Optional.of(piece.slice(start, given));
    }

    private boolean load(int maxRows, long maxBytes) {
        while (taken == inRoot) {
            if (!rows.next()) {
                return false;
            }
            inRoot = rows.root().getRowCount();
            taken = 0;
        }
        int count = (int) Math.min(Math.min(maxRows, inRoot - taken), Math.max(1, maxBytes / bytesOfRow()));
        try (VectorSchemaRoot slice = rows.root().slice(taken, count)) {
            piece = asFound(ArrowReading.read(slice, schema));
        }
        taken += count;
        given = 0;
        return true;
    }

    /** In the mean. */
    private long bytesOfRow() {
        long bytes = rows.root().getFieldVectors().stream()
                .mapToLong(FieldVector::getBufferSize)
                .sum();
        return Math.max(1, bytes / inRoot);
    }

    private static RecordBatch asFound(RecordBatch batch) {
        byte[] operations = new byte[batch.rowCount()];
        Arrays.fill(operations, Operation.READ.code());
        return batch.withOperations(operations);
    }

    /** How many rows of the piece, from the next one on, have no more bytes than wanted; at least one. */
    private int fitting(int most, long maxBytes) {
        int fits = 1;
        int tooMany = most + 1;
        int tried = most;
        while (tooMany - fits > 1) {
            if (piece.slice(given, given + tried).sizeInBytes() <= maxBytes) {
                fits = tried;
            } else {
                tooMany = tried;
            }
            tried = (fits + tooMany) >>> 1;
        }
        return fits;
    }

    @Override
    public void close() {
        try (lance;
                dataset) {
            rows.close();
        }
    }
}
