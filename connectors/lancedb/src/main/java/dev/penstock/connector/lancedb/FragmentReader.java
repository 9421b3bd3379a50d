package dev.penstock.connector.lancedb;

import dev.penstock.spi.Poll;
import dev.penstock.spi.SourcePartition;
import dev.penstock.spi.data.Origin;
import dev.penstock.spi.data.RecordBatch;
import dev.penstock.spi.data.Schema;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.lance.Dataset;
import org.lance.ipc.ScanOptions;

/** Reads one fragment of a table, in the order its rows are stored. */
final class FragmentReader implements SourcePartition {
    private static final int BATCH_ROWS = 1024;

    private final Optional<FragmentScan> scan;
    private ReadPosition position;
    private boolean closed;

    /** Takes over {@code lance} and {@code dataset}, which are closed with it; not if this fails. */
    FragmentReader(Lance lance, Dataset dataset, ReadPosition position, Reading reading) {
        this.position = position;
        ScanOptions.Builder options = new ScanOptions.Builder()
                .fragmentIds(List.of(position.fragment()))
                .columns(reading.schema().names())
                .offset(position.rows())
                .batchSize(BATCH_ROWS);
        reading.filter().ifPresent(options::filter);
        this.scan = Optional.of(new FragmentScan(lance, dataset, reading.schema(), options.build()));
    }

    private FragmentReader(ReadPosition position) {
        this.position = position;
        this.scan = Optional.empty();
    }

    /** What is read. */
    record Reading(Schema schema, Optional<String> filter) {}

    /** A reader of a fragment that was read to its end before. */
    static FragmentReader ended(ReadPosition position) {
        return new FragmentReader(position);
    }

    @Override
    public Poll poll(int maxRows, long maxBytes, Duration maxWait) {
        if (closed) {
            throw new IllegalStateException("Cannot poll fragment " + position.fragment() + ": its reader is closed");
        }
        Optional<RecordBatch> batch =
                position.ended() ? Optional.empty() : scan.flatMap(rows -> rows.next(maxRows, maxBytes));
        if (batch.isEmpty()) {
            position = position.atEnd();
            return new Poll.End(position.toState());
        }
        RecordBatch rows = batch.get().withOrigin(origin(position));
        position = position.plus(rows.rowCount());
        return new Poll.Rows(rows, position.toState());
    }

    private static Origin origin(ReadPosition start) {
        return new Origin() {
            @Override
            public String partition(int row) {
                return LanceSource.id(start.fragment());
            }

            @Override
            public String position(int row) {
                return "row " + (start.rows() + row) + " of version " + start.version();
            }
        };
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            scan.ifPresent(FragmentScan::close);
        }
    }
}
