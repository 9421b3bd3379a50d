package dev.penstock.connector.iceberg;

import dev.penstock.connector.iceberg.reading.LiveRows;
import dev.penstock.spi.data.RecordBatch;
import java.util.Optional;

/** A data file that is being read: cuts its rows into batches of the size that is wanted. */
final class OpenFile implements AutoCloseable {
    private static final int FIRST_ROWS = 1_024;
    private static final int MOST_ROWS = 1 << 16;

    private final String partition;
    private final String location;
    private final LiveRows rows;
    private long bytesPerRow;
    private int mostRows = FIRST_ROWS;
    private Optional<LiveRows.Live> waiting = Optional.empty();
    private int given;

    /** @param row the first row to read */
    OpenFile(String partition, String location, LiveRows rows, long row) {
        this.partition = partition;
        this.location = location;
        this.rows = rows;
        this.bytesPerRow = rows.bytesPerRow();
        try {
            rows.skipTo(row);
        } catch (RuntimeException e) {
            // Nobody else has the file to close it.
            try (rows) {
                throw e;
            }
        }
    }

    /** Some rows, and the place of the first row behind them. */
    record Cut(RecordBatch rows, long next) {}

    /** The next rows, within both limits unless one row alone is larger; empty at the end of the file. */
    Optional<Cut> cut(int maxRows, long maxBytes) {
        while (waiting.isEmpty()) {
            Optional<LiveRows.Live> next = rows.read(worthReading(maxRows, maxBytes));
            if (next.isEmpty()) {
                return Optional.empty();
            }
            waiting = next.filter(live -> !live.rows().isEmpty());
            given = 0;
            next.ifPresent(this::learn);
        }
        return Optional.of(take(waiting.get(), maxRows, maxBytes));
    }

    /** As many rows as are likely to fit; more each time, so that the first large ones do not come by thousands. */
    private int worthReading(int maxRows, long maxBytes) {
        long fitting = maxBytes / Math.max(1, bytesPerRow);
        return (int) Math.max(1, Math.min(Math.min(maxRows, mostRows), fitting));
    }

    private void learn(LiveRows.Live live) {
        mostRows = Math.min(MOST_ROWS, 2 * mostRows);
        if (!live.rows().isEmpty()) {
            bytesPerRow = live.rows().sizeInBytes() / live.rows().rowCount();
        }
    }

    private Cut take(LiveRows.Live live, int maxRows, long maxBytes) {
        int end = end(live.rows(), maxRows, maxBytes);
        RecordBatch cut = live.rows()
                .withOrigin(new FileOrigin(partition, location, live.places()))
                .slice(given, end);
        given = end;
        if (end == live.rows().rowCount()) {
            waiting = Optional.empty();
        }
        return new Cut(cut, live.places()[end - 1] + 1);
    }

    private int end(RecordBatch batch, int maxRows, long maxBytes) {
        int least = given + 1;
        int most = (int) Math.min(batch.rowCount(), (long) given + maxRows);
        if (batch.slice(given, most).sizeInBytes() <= maxBytes) {
            return most;
        }
        while (least < most) {
            int middle = (least + most + 1) >>> 1;
            if (batch.slice(given, middle).sizeInBytes() <= maxBytes) {
                least = middle;
            } else {
                most = middle - 1;
            }
        }
        return least;
    }

    @Override
    public void close() {
        rows.close();
    }
}
