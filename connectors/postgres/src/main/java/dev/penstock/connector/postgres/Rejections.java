package dev.penstock.connector.postgres;

import dev.penstock.spi.RejectedRow;
import dev.penstock.spi.WriteResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a batch that cannot be written, each with the first reason found. */
final class Rejections {
    private final @Nullable String[] reasons;
    private int count;

    Rejections(int rows) {
        reasons = new String[rows];
    }

    void add(int row, String reason) {
        if (reasons[row] == null) {
            reasons[row] = reason;
            count++;
        }
    }

    boolean has(int row) {
        return reasons[row] != null;
    }

    /** The number of rows that can be written. */
    int accepted() {
        return reasons.length - count;
    }

    /** The answer to whoever wrote the batch. */
    WriteResult result() {
        List<RejectedRow> rejected = new ArrayList<>(count);
        for (int row = 0; row < reasons.length; row++) {
            String reason = reasons[row];
            if (reason != null) {
                rejected.add(new RejectedRow(row, reason));
            }
        }
        return new WriteResult(accepted(), rejected);
    }
}
