package dev.penstock.connector.postgres;

import dev.penstock.spi.BadRow;
import dev.penstock.spi.ConfigException;
import dev.penstock.spi.config.Problem;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.Operation;
import dev.penstock.spi.data.RecordBatch;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;

/**
 * Reads the rows of one statement by COPY in its binary format, and gives them in parts. Not thread safe; made for one
 * statement.
 */
final class QueryCopy {
    /** Signature, flags and the length of an extension that there is not. */
    private static final int HEADER_BYTES = 19;

    private static final int LENGTH_BYTES = Integer.BYTES;
    private static final int NULL = -1;
    private static final int PART_ROWS = 4096;
    private static final long PART_BYTES = 1 << 20;

    private final String partition;
    private final QueryShape shape;
    private final QueryEdge low;
    private final Taker taker;
    private final BatchBuilder rows;
    private final ValueColumns columns;
    private final int[] starts;
    private final int[] lengths;
    private OrderValues values = new OrderValues();
    private long bytes;
    private int count;
    /** The values of the order in the row before, with their lengths. */
    private byte @Nullable [] previous;

    private int previousFrom;
    private int previousTo;

    /** Takes parts. */
    interface Taker {
        void take(QueryPart part) throws InterruptedException;
    }

    /**
     * What is behind {@code low}.
     *
     * @param taker waits if it has enough
     */
    QueryCopy(String partition, QueryShape shape, QueryEdge low, Taker taker) {
        this.partition = partition;
        this.shape = shape;
        this.low = low;
        this.taker = taker;
        this.rows = new BatchBuilder(shape.table().schema());
        this.columns = new ValueColumns(shape.table(), rows);
        this.starts = new int[shape.table().width() + shape.order().size()];
        this.lengths = new int[starts.length];
    }

    /** Reads what {@code sql} copies; gives how many rows there were. A failure leaves the connection of no use. */
    int read(Connection connection, String sql) throws SQLException, InterruptedException {
        CopyOut copy = new CopyManager(connection.unwrap(BaseConnection.class)).copyOut(sql);
        byte[] message = copy.readFromCopy();
        for (int at = HEADER_BYTES; message != null; at = 0) {
            row(message, at);
            message = copy.readFromCopy();
        }
        give(Optional.empty());
        return count;
    }

    /** The place behind the last row. */
    QueryEdge reached() {
        byte[] last = previous;
        return last == null
                ? low
                : QueryEdge.after(OrderValues.texts(
                        ByteBuffer.wrap(last, previousFrom, previousTo - previousFrom), shape.order()));
    }

    private void row(byte[] message, int from) throws InterruptedException {
        ByteBuffer in = ByteBuffer.wrap(message);
        if (message.length - from < Short.BYTES || in.getShort(from) < 0) {
            return;
        }
        int at = from + Short.BYTES;
        for (int column = 0; column < starts.length; column++) {
            lengths[column] = in.getInt(at);
            starts[column] = at + LENGTH_BYTES;
            at = starts[column] + Math.max(0, lengths[column]);
        }
        count++;
        int orderFrom = starts[shape.table().width()] - LENGTH_BYTES;
        if (isNew(message, orderFrom, at)) {
            add(message, from, orderFrom, at);
        }
        previous = message;
        previousFrom = orderFrom;
        previousTo = at;
    }

    /** Reading begins with the row that was given last: whatever else is at its place would be passed by. */
    private boolean isNew(byte[] message, int from, int to) {
        byte[] before = previous;
        if (before == null) {
            boolean mayBeGiven =
                    low.after() && low.values().size() == shape.order().size();
            return !mayBeGiven
                    || !OrderValues.texts(ByteBuffer.wrap(message, from, to - from), shape.order())
                            .equals(low.values());
        }
        if (Arrays.equals(before, previousFrom, previousTo, message, from, to)) {
            throw new ConfigException(
                    QueryKeys.KEY.name(),
                    Problem.Code.INVALID,
                    "two rows have the same " + shape.order().names() + ": "
                            + OrderValues.texts(ByteBuffer.wrap(message, from, to - from), shape.order()),
                    "name columns that no two rows have alike");
        }
        return true;
    }

    private void add(byte[] message, int from, int orderFrom, int to) throws InterruptedException {
        bytes += message.length;
        values.add(message, orderFrom, to);
        try {
            append(message);
        } catch (ValueException e) {
            rows.cancelRow();
            give(Optional.of(bad(message, from, orderFrom, to, e)));
        }
        if (rows.rowCount() == PART_ROWS || bytes >= PART_BYTES) {
            give(Optional.empty());
        }
    }

    private void append(byte[] message) {
        for (int column = 0; column < shape.table().width(); column++) {
            if (lengths[column] == NULL) {
                columns.appendNull(column);
            } else if (shape.table().types().get(column).codec().hasBinary()) {
                columns.appendBinary(column, message, starts[column], lengths[column]);
            } else {
                columns.appendText(column, message, starts[column], lengths[column]);
            }
        }
        rows.endRow(Operation.READ);
    }

    private BadRow bad(byte[] message, int from, int orderFrom, int to, ValueException cause) {
        int kept = Math.min(orderFrom - from, BadRow.MAX_BYTES);
        String place = String.join(
                ", ", OrderValues.texts(ByteBuffer.wrap(message, orderFrom, to - orderFrom), shape.order()));
        return new BadRow(
                partition,
                place,
                Bytes.copyOf(Arrays.copyOfRange(message, from, from + kept)),
                String.valueOf(cause.getMessage()));
    }

    private void give(Optional<BadRow> bad) throws InterruptedException {
        if (rows.rowCount() == 0 && bad.isEmpty()) {
            return;
        }
        RecordBatch read = rows.build().withOrigin(new QueryOrigin(partition, values, shape.order()));
        QueryPart part = new QueryPart(read, values, shape.order(), bad, bytes);
        values = new OrderValues();
        bytes = 0;
        taker.take(part);
    }
}
