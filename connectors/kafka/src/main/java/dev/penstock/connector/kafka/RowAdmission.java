package dev.penstock.connector.kafka;

import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.WriteMode;
import dev.penstock.spi.WriteResult;
import dev.penstock.spi.data.RecordBatch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the rows of batches that can be records, and accounts for those that cannot. */
final class RowAdmission {
    private final SinkSettings.Columns columns;
    private final WriteMode mode;
    private final TopicLimits limits;

    RowAdmission(SinkSettings.Columns columns, WriteMode mode, TopicLimits limits) {
        this.columns = columns;
        this.mode = mode;
        this.limits = limits;
    }

    /** Ends a wait of {@link #admit}. Any thread. */
    void wakeup() {
        limits.wakeup();
    }

    /** Where admitted rows go. */
    @FunctionalInterface
    interface Target {
        void take(RowColumns rows, int row, byte @Nullable [] key) throws IOException;
    }

    WriteResult admit(RecordBatch batch, Target target) throws IOException {
        RowColumns rows = new RowColumns(batch, columns, mode);
        List<RejectedRow> rejected = new ArrayList<>(0);
        for (int row = 0; row < batch.rowCount(); row++) {
            Optional<String> reason = rows.reason(row);
            if (reason.isEmpty()) {
                byte[] key = rows.key(row);
                reason = limits.reason(rows, row, key);
                if (reason.isEmpty()) {
                    target.take(rows, row, key);
                }
            }
            if (reason.isPresent()) {
                rejected.add(new RejectedRow(row, reason.get()));
            }
        }
        return new WriteResult(batch.rowCount() - rejected.size(), rejected);
    }
}
