package dev.penstock.connector.postgres;

import dev.penstock.connector.postgres.ChangeDecoder.Limit;
import dev.penstock.connector.postgres.SnapshotChunk.Bad;
import dev.penstock.spi.BadRow;
import dev.penstock.spi.data.BatchBuilder;
import dev.penstock.spi.data.Bytes;
import dev.penstock.spi.data.Operation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;

/** Reads one part of a table by COPY in its binary format. Not thread safe; made for one part. */
final class SnapshotCopy {
    /** Signature, flags and the length of an extension that there is not. */
    private static final int HEADER_BYTES = 19;

    private static final int LENGTH_BYTES = Integer.BYTES;
    private static final int NULL = -1;

    private final String partition;
    private final SnapshotQuery query;
    private final boolean binary;
    private final BatchBuilder rows;
    private final ValueColumns values;
    private final int[] keyColumns;
    private final int[] textColumns;
    private final SnapshotChunk.Keys keys = new SnapshotChunk.Keys();
    private final SnapshotChunk.Keys texts;
    private final List<Bad> bad = new ArrayList<>(0);
    private final int[] starts;
    private final int[] lengths;
    private boolean isCut;
    private List<String> lastKey = List.of();

    SnapshotCopy(String partition, SnapshotQuery query, int expectedRows) {
        this.partition = partition;
        this.query = query;
        this.binary = query.table().hasBinary();
        this.rows = new BatchBuilder(query.table().schema(), expectedRows);
        this.values = new ValueColumns(query.table(), rows);
        this.keyColumns = query.key().columns();
        int width = query.table().width() + (query.key().knowsText() ? 0 : keyColumns.length);
        this.texts = query.key().knowsText() ? keys : new SnapshotChunk.Keys();
        this.starts = new int[width];
        this.lengths = new int[width];
        this.textColumns = IntStream.range(query.table().width(), width).toArray();
    }

    /** Reads what {@code sql} copies, or as much of it as {@code limit} allows; the connection is of no use then. */
    void read(Connection connection, String sql, Limit limit) throws SQLException {
        CopyOut copy = new CopyManager(connection.unwrap(BaseConnection.class)).copyOut(sql);
        try {
            long bytes = 0;
            byte[] message = copy.readFromCopy();
            for (int at = HEADER_BYTES; message != null && !isCut; at = 0) {
                bytes += message.length;
                if (row(message, at) && (bytes > limit.bytes() || rows.rowCount() + bad.size() >= limit.rows())) {
                    cut(message);
                } else {
                    message = copy.readFromCopy();
                }
            }
        } finally {
            if (copy.isActive() && !isCut) {
                copy.cancelCopy();
            }
        }
    }

    /** Nothing is read behind this row, good or bad, so that the part ends with its key. */
    private void cut(byte[] message) {
        isCut = true;
        SnapshotChunk.Keys last = new SnapshotChunk.Keys();
        addKey(last, message, texts == keys ? keyColumns : textColumns);
        lastKey = query.key().texts(last, 0);
    }

    /** Takes a row; false if it is none, but what stands at the end. */
    private boolean row(byte[] message, int from) {
        if (message.length - from < Short.BYTES || CopyBuffer.shortAt(message, from) < 0) {
            return false;
        }
        int at = from + Short.BYTES;
        for (int column = 0; column < starts.length; column++) {
            lengths[column] = CopyBuffer.intAt(message, at);
            starts[column] = at + LENGTH_BYTES;
            at = starts[column] + Math.max(0, lengths[column]);
        }
        try {
            append(message);
        } catch (ValueException e) {
            rows.cancelRow();
            addBad(message, from, e);
        }
        return true;
    }

    private void append(byte[] message) {
        int width = query.table().width();
        for (int column = 0; column < width; column++) {
            if (lengths[column] == NULL) {
                values.appendNull(column);
            } else if (binary) {
                values.appendBinary(column, message, starts[column], lengths[column]);
            } else {
                values.appendText(column, message, starts[column], lengths[column]);
            }
        }
        for (int column = width; column < query.table().schema().size(); column++) {
            rows.column(column).appendNull();
        }
        rows.endRow(Operation.READ);
        addKey(keys, message, keyColumns);
        if (texts != keys) {
            addKey(texts, message, textColumns);
        }
    }

    private void addKey(SnapshotChunk.Keys to, byte[] message, int[] columns) {
        for (int column : columns) {
            to.add(message, starts[column] - LENGTH_BYTES, LENGTH_BYTES + lengths[column]);
        }
        to.endKey();
    }

    private void addBad(byte[] message, int from, ValueException cause) {
        int kept = Math.min(message.length - from, BadRow.MAX_BYTES);
        String position = "snapshot of table '" + query.table().name() + "'";
        bad.add(new Bad(
                rows.rowCount(),
                new BadRow(
                        partition,
                        position,
                        Bytes.copyOf(Arrays.copyOfRange(message, from, from + kept)),
                        String.valueOf(cause.getMessage()))));
    }

    /** Whether there may be more than was read. */
    boolean isCut() {
        return isCut;
    }

    /** What was read; nothing is left afterwards. */
    SnapshotChunk build(SnapshotRange range, int[] running) {
        return new SnapshotChunk(rows.build(), keys, texts, bad, isCut ? lastKey : range.last(), running);
    }
}
