package dev.penstock.connector.postgres;

import dev.penstock.spi.BadRow;
import dev.penstock.spi.data.RecordBatch;
import java.util.Optional;

/**
 * Rows that were read, and perhaps a bad one behind them.
 *
 * @param values the places of the rows, then of the bad one
 * @param bytes what it takes, about
 */
record QueryPart(RecordBatch rows, OrderValues values, QueryOrder order, Optional<BadRow> bad, long bytes) {
    /** The place behind {@code row}; the bad one is behind the last. */
    QueryEdge after(int row) {
        return QueryEdge.after(values.texts(row, order));
    }
}
