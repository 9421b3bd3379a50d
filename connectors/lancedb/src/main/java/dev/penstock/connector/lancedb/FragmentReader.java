package dev.penstock.connector.lancedb;

import dev.penstock.spi.Poll;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.Origin;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.lance.Dataset;
import org.lance.ipc.ScanOptions;

/** Reads one fragment of a table, in the order its rows are stored. */
final class FragmentReader implements SourcePartition {
    private static final int BATCH_ROWS = 4096;

    private final List<AutoCloseable> resources;
    private final Optional<ArrowRows> scan;
    private final Schema schema;
    private ReadPosition position;
    private @Nullable RecordBatch current;
    private int given;

    FragmentReader(Lance lance, Dataset dataset, ReadPosition position, Reading reading) {
        this.position = position;
        this.schema = reading.schema();
        ScanOptions.Builder options = new ScanOptions.Builder()
                .fragmentIds(List.of(position.fragment()))
                .columns(schema.names())
                .offset(position.rows())
                .batchSize(BATCH_ROWS);
        reading.filter().ifPresent(options::filter);
        ArrowRows rows;
        try {
            rows = ArrowRows.scan(dataset, options.build());
        } catch (RuntimeException e) {
            dataset.close();
            throw e;
        }
        this.scan = Optional.of(rows);
        this.resources = List.of(rows, dataset, lance);
    }

    private FragmentReader(ReadPosition position) {
        this.position = position;
        this.schema = new Schema(List.of());
        this.scan = Optional.empty();
        this.resources = List.of();
    }

    /** What is read. */
    record Reading(Schema schema, Optional<String> filter) {}

    /** A reader of a fragment that was read to its end before. */
    static FragmentReader ended(ReadPosition position) {
        return new FragmentReader(position);
    }

    @Override
    public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        RecordBatch batch = batch();
        if (batch == null) {
            position = position.atEnd();
            return new Poll.End(position.toState());
        }
        long rowBytes = Math.max(1, batch.sizeInBytes() / batch.rowCount());
        int rows = (int) Math.min(Math.min(maxRows, Math.max(1, maxBytes / rowBytes)), batch.rowCount() - given);
        RecordBatch slice = batch.slice(given, given + rows).withOrigin(origin(position));
        given += rows;
        position = position.plus(rows);
        return new Poll.Rows(asFound(slice), position.toState());
    }

    private static RecordBatch asFound(RecordBatch batch) {
        byte[] operations = new byte[batch.rowCount()];
        Arrays.fill(operations, Operation.READ.code());
        return batch.withOperations(operations);
    }

    /** The batch of which some rows are left to give, or null at the end. */
    private @Nullable RecordBatch batch() {
        while (current == null || given == current.rowCount()) {
            if (position.ended() || scan.isEmpty() || !scan.get().next()) {
                return null;
            }
            current = ArrowReading.read(scan.get().root(), schema);
            given = 0;
        }
        return current;
    }

    private static Origin origin(ReadPosition start) {
        return new Origin() {
            @Override
            public String partition(int row) {
                return "fragment-" + start.fragment();
            }

            @Override
            public String position(int row) {
                return "row " + (start.rows() + row) + " of version " + start.version();
            }
        };
    }

    @Override
    public void close() {
        for (AutoCloseable resource : resources) {
            try {
                resource.close();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw LanceErrors.wrap("close a fragment", e);
            }
        }
    }
}
